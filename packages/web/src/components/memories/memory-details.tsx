/** What a memory stands on, word for word with the way to each place, and what it has to do with others. Asked for when somebody looks. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Memory, MemoryBeside, MemoryEvidence } from '@vivim/contract/memory';
import type { ReactNode } from 'react';
import { memoryQuery } from '../../api/memory-queries.ts';
import { day, percent } from '../../format.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { MessageLink } from '../reader/message-link.tsx';

const words = strings.memories;

function Evidence({ evidence }: { evidence: MemoryEvidence }) {
  const { quoted, at } = evidence;
  return (
    <li>
      {quoted === null ? <span className="note">{words.noWords}</span> : <blockquote dir="auto">{quoted}</blockquote>}
      <p className="meta">
        {evidence.from === 'message' ? (
          <MessageLink conversationId={evidence.conversationId} messageId={evidence.messageId}>
            <bdi>{evidence.title ?? strings.untitled}</bdi>
          </MessageLink>
        ) : (
          <Link to="/imports/$id" params={{ id: evidence.importId }}>
            {words.record(evidence.record, evidence.field)}
          </Link>
        )}
        <time>{day(at)}</time>
      </p>
    </li>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

function Others({ memories }: { memories: readonly MemoryBeside[] }) {
  return (
    <ul className="plain">
      {memories.map(({ id, text, state }) => (
        <li key={id} dir="auto">
          {text} {state !== 'active' && <span className="chip">{words.states[state]}</span>}
        </li>
      ))}
    </ul>
  );
}

export function MemoryDetails({ memory, region }: { memory: Memory; region: string }) {
  const { data, error, isPending, refetch } = useQuery(memoryQuery(memory.id));
  const { validFrom, validTo, reviewAt, changedAt, confidence, origin } = memory;
  const isFound = origin === 'rule' || origin === 'model';
  return (
    <div id={region} className="memory-details">
      {error !== null && <Problem error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton shape="text" count={2} />}
      {data !== undefined && (
        <>
          {data.evidence.length > 0 && (
            <ul className="memory-evidence" aria-label={words.evidence(data.evidence.length)}>
              {data.evidence.map((evidence) => (
                <Evidence key={JSON.stringify(evidence)} evidence={evidence} />
              ))}
            </ul>
          )}
          <dl className="memory-facts">
            {validFrom !== null && <Fact name={words.validFrom}>{day(validFrom)}</Fact>}
            {validTo !== null && <Fact name={words.validTo}>{day(validTo)}</Fact>}
            {data.replaced !== null && (
              <Fact name={words.replaced}>
                <Others memories={[data.replaced]} />
              </Fact>
            )}
            {data.replacedBy.length > 0 && (
              <Fact name={words.replacedBy}>
                <Others memories={data.replacedBy} />
              </Fact>
            )}
            {data.beside.length > 0 && (
              <Fact name={words.tied}>
                <Others memories={data.beside} />
              </Fact>
            )}
            {isFound && <Fact name={words.sure}>{percent(confidence)}</Fact>}
            {changedAt !== null && <Fact name={words.changed}>{day(changedAt)}</Fact>}
            {reviewAt !== null && memory.state === 'active' && <Fact name={words.askedAgain}>{day(reviewAt)}</Fact>}
          </dl>
        </>
      )}
    </div>
  );
}
