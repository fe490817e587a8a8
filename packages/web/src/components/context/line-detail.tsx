/** A line of a bundle at length: its whole words, where they were said, and why they are here. */
import type { AssemblyLine } from '@vivim/contract/assembly';
import type { BundleCitation } from '@vivim/contract/context';
import { day } from '../../format.ts';
import { reasonSaid } from '../../reason-said.ts';
import { strings } from '../../strings.ts';
import { citedBeside, LineSource } from './line-source.tsx';

const words = strings.context;

export function PastNote({ citation }: { citation: BundleCitation }) {
  if (!('past' in citation) || citation.past === undefined) return null;
  const { state, later } = citation.past;
  return (
    <p className="past" dir="auto">
      <b>{words.past[state]}</b> {later !== null && words.past.now(later.text)}
    </p>
  );
}

export function LineDetail({ citation, line }: { citation: BundleCitation; line: AssemblyLine | undefined }) {
  const beside = citedBeside(citation);
  return (
    <div className="line-detail">
      <p className="line-words" dir="auto">
        {citation.quoted}
      </p>
      <p className="meta">
        <LineSource citation={citation} />
        {citation.at !== null && <time dateTime={citation.at}>{day(citation.at)}</time>}
        <span>{words.layers[citation.layer]}</span>
        {beside !== null && 'memory' in citation && citation.conversation !== null && <span>{beside}</span>}
        {citation.pinned !== undefined && <span className="chip">{words.pinned[citation.pinned]}</span>}
      </p>
      <PastNote citation={citation} />
      <h3>{words.whyTitle}</h3>
      {line === undefined || line.rank === null ? (
        <p className="note">{words.standing}</p>
      ) : (
        <>
          <p className="note">{words.rank(line.rank, (line.score ?? 0).toFixed(3))}</p>
          <ul className="reasons">
            {line.reasons.map((reason) => (
              <li key={reason.arm} dir="auto">
                <b>{strings.arms[reason.arm]}</b> {reasonSaid(reason)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
