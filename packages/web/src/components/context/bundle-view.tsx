/** A compiled bundle: its text to copy, where its tokens went, where each line comes from, what was left out. */
import { type Bundle, type BundleCitation, citedBeside, layerTitles } from '@vivim/contract/context';
import { number } from '../../count.ts';
import { day, milliseconds } from '../../format.ts';
import { markReferences } from '../../pieces.ts';
import { strings } from '../../strings.ts';
import { CopyButton } from '../kit/copy-button.tsx';
import { MessageLink } from '../reader/message-link.tsx';
import { TokenBar } from './token-bar.tsx';

function Text({ bundle }: { bundle: Bundle }) {
  const references = new Set(bundle.citations.map((citation) => citation.ref));
  let at = 0;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="bundle-text" tabIndex={0} aria-label={strings.context.text}>
      <pre>
        {markReferences(bundle.text, references).map((piece) => {
          const key = at;
          at += piece.text.length;
          return piece.mark === null ? (
            <span key={key}>{piece.text}</span>
          ) : (
            <a key={key} href={`#source-${piece.mark}`}>
              {piece.text}
            </a>
          );
        })}
      </pre>
    </section>
  );
}

/** A memory can be looked up; a persona stands in its recipe. */
function Beside({ citation }: { citation: BundleCitation }) {
  const label = citedBeside(citation);
  return 'memory' in citation ? <a href="/memories">{label}</a> : <span>{label}</span>;
}

function Source({ citation }: { citation: BundleCitation }) {
  return (
    <li id={`source-${citation.ref}`} className="source">
      <span className="source-ref">[{citation.ref}]</span>
      <div>
        <p className="source-quote" dir="auto">
          {citation.quoted}
        </p>
        <p className="meta">
          {citation.conversation === null ? (
            <Beside citation={citation} />
          ) : (
            <MessageLink conversationId={citation.conversation.id} messageId={citation.message.id}>
              {citation.conversation.title ?? strings.untitled}
            </MessageLink>
          )}
          <time {...(citation.at === null ? {} : { dateTime: citation.at })}>{day(citation.at)}</time>
          <span>{layerTitles[citation.layer]}</span>
        </p>
      </div>
    </li>
  );
}

function Omitted({ bundle }: { bundle: Bundle }) {
  if (bundle.omitted.length === 0) return <p className="note">{strings.context.omittedNone}</p>;
  let place = 0;
  return (
    <ul className="omitted">
      {bundle.omitted.map((omission) => {
        place += 1;
        return (
          <li key={place}>
            <span className="chip">{strings.context.reasons[omission.reason]}</span>
            <span>{omission.what}</span>
            <span className="meta">
              {layerTitles[omission.layer]}
              {omission.count !== undefined && ` × ${number(omission.count)}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

export function BundleView({ bundle }: { bundle: Bundle }) {
  const total = bundle.timings.total ?? Object.values(bundle.timings).reduce((sum, ms) => sum + ms, 0);
  return (
    <div className="bundle">
      <div className="bundle-head">
        <h2>{strings.context.resultTitle}</h2>
        <span className="meta">{strings.context.took(milliseconds(total))}</span>
        <CopyButton primary text={bundle.text} label={strings.context.copyBundle} />
      </div>
      <Text bundle={bundle} />
      <TokenBar bundle={bundle} />
      <section>
        <h2>{`${strings.context.citations} (${number(bundle.citations.length)})`}</h2>
        {bundle.citations.length === 0 && <p className="note">{strings.context.citationsNone}</p>}
        <ol className="sources">
          {bundle.citations.map((citation) => (
            <Source key={citation.ref} citation={citation} />
          ))}
        </ol>
      </section>
      <section>
        <h2>{strings.context.omitted}</h2>
        <Omitted bundle={bundle} />
      </section>
      <p className="meta">
        {strings.context.hash} <code>{bundle.hash.slice(0, 16)}</code>
      </p>
    </div>
  );
}
