/** Which folders of the person's machines are watched, as their watchers told last, and how to watch one. Starts no watcher: those run where the files are. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sourceNames } from '@vivim/contract/conversation-words';
import type { ToldPlace, Watcher } from '@vivim/contract/watchers';
import { api } from '../../api/client.ts';
import { watchersQuery } from '../../api/queries.ts';
import { dayAndTime } from '../../format.ts';
import { saidByCode } from '../../said-by-code.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { TableScroll } from '../kit/table-scroll.tsx';

const words = strings.watching;

function Place({ place }: { place: ToldPlace }) {
  const { source, folder, files, failed, error, missing, came } = place;
  return (
    <tr>
      <th scope="row">{sourceNames[source]}</th>
      <td>
        <code>{folder}</code>
        {failed > 0 && (
          <p className="note">{words.failed(failed, error === null ? null : (saidByCode(error) ?? error))}</p>
        )}
      </td>
      <td>{missing ? words.missing : words.count(files)}</td>
      <td>{came === null ? words.never : dayAndTime(came.at)}</td>
    </tr>
  );
}

function OneWatcher({ watcher }: { watcher: Watcher }) {
  const { machine, device, state, heardAt, places } = watcher;
  const client = useQueryClient();
  const forget = useMutation({
    mutationFn: () => api.forgetWatcher({ params: { machine } }),
    onSuccess: () => client.invalidateQueries({ queryKey: watchersQuery.queryKey }),
  });
  return (
    <article className="card" aria-label={device}>
      <h3>{device}</h3>
      <p className={state === 'silent' ? 'note' : 'meta'}>{words.state[state](dayAndTime(heardAt))}</p>
      {places.length === 0 ? (
        <p className="note">{words.nothing}</p>
      ) : (
        <TableScroll>
          <table className="list">
            <thead>
              <tr>
                {[words.program, words.folder, words.files, words.last].map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {places.map((place) => (
                <Place key={`${place.source} ${place.folder}`} place={place} />
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
      {forget.error !== null && <Problem error={forget.error} />}
      {state !== 'watching' && (
        <button
          type="button"
          className="quiet"
          aria-label={words.forgetLabel(device)}
          disabled={forget.isPending}
          onClick={() => forget.mutate()}
        >
          {words.forget}
        </button>
      )}
    </article>
  );
}

function HowToWatch() {
  return (
    <details className="card how-to">
      <summary>{words.howTitle}</summary>
      <dl>
        {words.how.map(([what, command, does]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              <code>{command}</code> {does}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

export function WatchedFolders() {
  const watchers = useQuery(watchersQuery);
  return (
    <section aria-labelledby="watched-folders">
      <h2 id="watched-folders">{words.title}</h2>
      <p className="note">{words.lead}</p>
      <div className="stack">
        {watchers.isPending && <Skeleton />}
        {watchers.error !== null && <Problem error={watchers.error} retry={() => void watchers.refetch()} />}
        {watchers.data?.items.map((watcher) => (
          <OneWatcher key={watcher.machine} watcher={watcher} />
        ))}
        {watchers.data?.items.length === 0 && <p className="note">{words.none}</p>}
        <HowToWatch />
      </div>
    </section>
  );
}
