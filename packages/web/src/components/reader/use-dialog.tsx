/** The units of a message and where each was used: topics, people, memories, contexts. Units and uses are asked for at once. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Acu } from '@vivim/contract/acu';
import type { MessageTold, UnitUse } from '@vivim/contract/message-use';
import { messageUnitsQuery, messageUseQuery } from '../../api/reader-queries.ts';
import { dayAndTime } from '../../format.ts';
import { useAskerName } from '../../hooks/use-askers.ts';
import { strings } from '../../strings.ts';
import { askedTitle } from '../context/asked-title.ts';
import { Dialog } from '../kit/dialog.tsx';
import { Problem } from '../kit/problem.tsx';
import { Skeleton } from '../kit/skeleton.tsx';

const words = strings.reader.use;

function Subjects({ use }: { use: UnitUse }) {
  return (
    <>
      {use.topics.length > 0 && (
        <p className="use-line">
          <span className="meta">{words.topics}</span>
          {use.topics.map(({ id, label }) => (
            <Link key={id} to="/topics/$id" params={{ id }} className="chip">
              {label}
            </Link>
          ))}
        </p>
      )}
      {use.entities.length > 0 && (
        <p className="use-line">
          <span className="meta">{words.entities}</span>
          {use.entities.map(({ id, name }) => (
            <Link key={id} to="/entities/$id" params={{ id }} className="chip">
              {name}
            </Link>
          ))}
        </p>
      )}
    </>
  );
}

function Unit({ unit, use }: { unit: Acu; use: UnitUse | undefined }) {
  return (
    <li className="unit">
      <p className="meta">
        <span className="chip">{strings.search.types[unit.type]}</span>
        {use?.excluded && <span className="warn">{words.excluded}</span>}
      </p>
      <blockquote dir="auto">{unit.text}</blockquote>
      {use !== undefined && (
        <>
          <Subjects use={use} />
          {use.memories.length > 0 && (
            <div>
              <h3>{words.memories}</h3>
              <ul className="plain">
                {use.memories.map(({ id, text, state }) => (
                  <li key={id}>
                    <span dir="auto">{text}</span> <span className="meta">{strings.memories.states[state]}</span>
                  </li>
                ))}
              </ul>
            </div>
          )}
          <div>
            <h3>{words.contexts}</h3>
            {use.contexts.length === 0 ? (
              <p className="note">{words.noContexts}</p>
            ) : (
              <ul className="plain">
                {use.contexts.map(({ assemblyId, query, way, at }) => (
                  <li key={assemblyId}>
                    <span dir="auto">{query}</span> <span className="meta">{words.asked(way, dayAndTime(at))}</span>
                  </li>
                ))}
              </ul>
            )}
          </div>
        </>
      )}
    </li>
  );
}

/** Who found or read the message, otherwise than in a context. */
function Told({ told }: { told: readonly MessageTold[] }) {
  const nameOf = useAskerName();
  if (told.length === 0) return null;
  return (
    <section>
      <h3>{words.told}</h3>
      <ul className="plain">
        {told.map((one) => (
          <li key={one.askedId}>
            <Link to="/context/records/asked/$id" params={{ id: one.askedId }} dir="auto">
              {askedTitle(one)}
            </Link>{' '}
            <span className="meta">{words.toldTo(nameOf(one), dayAndTime(one.at))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function UseDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const units = useQuery(messageUnitsQuery(id));
  const uses = useQuery(messageUseQuery(id));
  const error = units.error ?? uses.error;
  const by = new Map(uses.data?.items.map((use) => [use.acuId as string, use]));
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={words.title}
      lead={words.lead}
    >
      {error !== null && <Problem error={error} />}
      {units.isPending && <Skeleton count={4} />}
      {units.data?.items.length === 0 && <p className="note">{words.none}</p>}
      {uses.data !== undefined && <Told told={uses.data.told} />}
      <ul className="units">
        {units.data?.items.map((unit) => (
          <Unit key={unit.id} unit={unit} use={by.get(unit.id)} />
        ))}
      </ul>
    </Dialog>
  );
}
