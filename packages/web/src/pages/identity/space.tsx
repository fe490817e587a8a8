/** One's space: how much room it takes and of how much, who holds its key, what stands around it, what it works on. */
import { usePrefetchQuery, useQuery } from '@tanstack/react-query';
import type { Usage } from '@vivim/contract/account';
import type { SpaceStatus } from '@vivim/contract/health';
import type { ReactNode } from 'react';
import { healthQuery, spaceQuery } from '../../api/queries.ts';
import { sealQuery } from '../../api/seal-queries.ts';
import { usageQuery } from '../../api/you-queries.ts';
import { SealedSpace } from '../../components/identity/sealed-space.tsx';
import { SizeBar } from '../../components/identity/size-bar.tsx';
import { PageHeader } from '../../components/kit/page-header.tsx';
import { Problem } from '../../components/kit/problem.tsx';
import { Skeleton } from '../../components/kit/skeleton.tsx';
import { number } from '../../count.ts';
import { bytes } from '../../format.ts';
import { useMe } from '../../hooks/use-me.ts';
import { strings } from '../../strings.ts';
import '../../styles/you.css';

const words = strings.space;
const shown = ['conversations', 'messages', 'acus', 'topics', 'entities', 'files'] as const;

function Size({ space, usage }: { space: SpaceStatus | undefined; usage: Usage | undefined }) {
  if (usage === undefined) return <Skeleton />;
  const { bytes: all, quotaBytes } = usage.disk;
  const database = space === undefined ? 0 : Math.max(0, space.bytes.database - space.bytes.files);
  const files = space?.bytes.files ?? 0;
  const parts = [
    { name: words.parts.database, bytes: database },
    { name: words.parts.files, bytes: files },
    { name: words.parts.rest, bytes: Math.max(0, all - database - files) },
  ];
  return (
    <>
      <SizeBar
        label={words.barLabel}
        parts={space === undefined ? [{ name: words.barLabel, bytes: all }] : parts}
        total={quotaBytes}
        free={words.free}
      />
      <p className={all > quotaBytes * 0.9 ? 'warn' : 'note'}>
        {all > quotaBytes * 0.9 ? words.full : words.used(bytes(all), bytes(quotaBytes))}
      </p>
    </>
  );
}

function Work({ pending, embedder }: Pick<SpaceStatus, 'pending' | 'embedder'>) {
  // What waits for a model that is not there is no work.
  const waits = (kind: keyof typeof pending) => embedder === null && (kind === 'embedding' || kind === 'reembedding');
  const kinds = (Object.keys(words.pending) as (keyof typeof words.pending)[]).filter(
    (kind) => pending[kind] > 0 && !waits(kind),
  );
  return (
    <section>
      <h2>{words.work}</h2>
      {kinds.length === 0 ? (
        <p className="note">{words.idle}</p>
      ) : (
        <ul className="work" role="status">
          {kinds.map((kind) => (
            <li key={kind}>{words.pending[kind](pending[kind])}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Around({ space }: { space: SpaceStatus | undefined }) {
  const health = useQuery(healthQuery).data;
  const seal = useQuery(sealQuery).data;
  return (
    <section>
      <h2>{words.around}</h2>
      <dl className="facts roomy">
        {seal !== undefined && (
          <>
            <dt>{words.key}</dt>
            <dd>{words.keys[seal.state]}</dd>
          </>
        )}
        {health !== undefined && (
          <>
            <dt>{words.wall}</dt>
            <dd>{words.walls[health.engines.jail]}</dd>
            <dt>{words.process}</dt>
            <dd>{words.processes[health.engines.mode]}</dd>
          </>
        )}
        {space !== undefined && (
          <>
            <dt>{words.encryption}</dt>
            <dd lang="en">{space.encryption}</dd>
            <dt>{words.schema}</dt>
            <dd>{words.schemaOf(space.schemaVersion, health?.version ?? '')}</dd>
            <dt>{words.embedder}</dt>
            <dd>{space.embedder === null ? words.noEmbedder : <span translate="no">{space.embedder}</span>}</dd>
            <dt>{words.signature}</dt>
            <dd>
              <code>{space.archivesSignedBy}</code>
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

export function SpacePage(): ReactNode {
  const me = useMe();
  const space = useQuery({ ...spaceQuery, retry: false });
  const usage = useQuery(usageQuery);
  // Beside the question who is there, and not after it.
  usePrefetchQuery(healthQuery);
  if (me === null) return <Skeleton />;
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <section>
        <h2>{words.size}</h2>
        {usage.error !== null && <Problem error={usage.error} retry={() => void usage.refetch()} />}
        {usage.error === null && <Size space={space.data} usage={usage.data} />}
        {space.error !== null && <p className="note">{words.locked}</p>}
      </section>
      {space.data !== undefined && (
        <section>
          <h2>{words.holds}</h2>
          <ul className="tiles">
            {shown.map((kind) => (
              <li key={kind}>
                <b>{number(space.data.counts[kind])}</b>
                <span>{words.counts[kind]}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {space.data !== undefined && <Work pending={space.data.pending} embedder={space.data.embedder} />}
      <SealedSpace me={me} />
      <Around space={space.data} />
    </>
  );
}
