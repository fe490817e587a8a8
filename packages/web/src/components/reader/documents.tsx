/** Documents a model wrote in a conversation: one at a time, in any of its versions, and what each version changed. */
import { useQuery } from '@tanstack/react-query';
import type { Artifact } from '@vivim/contract/artifact';
import { useId, useMemo, useState } from 'react';
import { type DiffLine, lineDiff } from '../../api/line-diff.ts';
import { fenced } from '../../api/message-markdown.ts';
import { artifactsQuery } from '../../api/queries.ts';
import { strings } from '../../strings.ts';
import { Choice } from '../kit/choice.tsx';
import { Fold } from './fold.tsx';
import { MessageLink } from './message-link.tsx';
import { RichMarkdown } from './rich-markdown.tsx';

const texts = strings.reader.documents;
/** Lines that stayed, shown beside those that did not. */
const beside = 2;

const isProse = (document: Artifact): boolean => document.mime === 'text/markdown' || document.mime === 'document';
const languageOf = ({ language, mime }: Artifact): string | null =>
  language ?? /^(?:text|application)\/(?:x-|vnd\.[\w-]+\.)?([\w-]+)/.exec(mime ?? '')?.[1] ?? null;

type Shown = DiffLine | { readonly kind: 'skipped'; readonly count: number };

/** Long runs of lines that stayed are told by their number. @returns lines with their places, which are all the name they have */
function around(lines: readonly DiffLine[]): (Shown & { readonly at: number })[] {
  const shown: (Shown & { readonly at: number })[] = [];
  let skipped = 0;
  const told = (at: number): void => {
    if (skipped > 0) shown.push({ kind: 'skipped', count: skipped, at: at - skipped });
    skipped = 0;
  };
  lines.forEach((line, at) => {
    if (lines.slice(Math.max(0, at - beside), at + beside + 1).every(({ kind }) => kind === 'same')) {
      skipped += 1;
      return;
    }
    told(at);
    shown.push({ ...line, at });
  });
  told(lines.length);
  return shown;
}

function Changes({ before, after }: { before: string | null; after: string }) {
  const lines = useMemo(() => (before === null ? [] : lineDiff(before, after)), [before, after]);
  if (before === null) return <p className="note">{texts.first}</p>;
  const count = (kind: DiffLine['kind']) => lines.filter((line) => line.kind === kind).length;
  return (
    <>
      <p className="meta">{texts.changesOf(count('added'), count('removed'))}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys */}
      <ol className="diff" tabIndex={0}>
        {around(lines).map((line) =>
          line.kind === 'skipped' ? (
            <li key={line.at} className="skipped">
              {texts.skipped(line.count)}
            </li>
          ) : (
            <li key={line.at} className={line.kind}>
              {line.kind !== 'same' && <span className="visually-hidden">{texts[line.kind]}: </span>}
              <code>{line.text === '' ? ' ' : line.text}</code>
            </li>
          ),
        )}
      </ol>
    </>
  );
}

function Document({ document, conversationId }: { document: Artifact; conversationId: string }) {
  const { versions } = document;
  const standing = Math.max(
    0,
    versions.findLastIndex(({ latest }) => latest),
  );
  const [chosen, choose] = useState<number | null>(null);
  const [view, setView] = useState<'whole' | 'changes'>('whole');
  const select = useId();
  const at = chosen ?? standing;
  const version = versions[at];
  if (version === undefined) return null;
  return (
    <Fold name={`document ${document.key}`} className="document" summary={<b>{document.title ?? document.key}</b>}>
      <div className="document-head meta">
        <label htmlFor={select}>{texts.version}</label>
        <select id={select} value={at} onChange={(event) => choose(Number(event.target.value))}>
          {versions.map((one, ix) => (
            <option key={one.version} value={ix}>
              {texts.versionOf(one.version, one.op)}
              {one.latest ? ` (${texts.latest})` : ''}
            </option>
          ))}
        </select>
        {versions.length > 1 && (
          <Choice
            label={texts.view}
            quietLabel
            value={view}
            options={[
              ['whole', texts.whole],
              ['changes', texts.changes],
            ]}
            onChange={setView}
          />
        )}
        <MessageLink conversationId={conversationId} messageId={version.messageId} label={texts.message}>
          {texts.message}
        </MessageLink>
      </div>
      {version.problem !== null && <p className="part-error">{texts.incomplete(version.problem)}</p>}
      {view === 'changes' ? (
        <Changes before={versions[at - 1]?.text ?? null} after={version.text} />
      ) : isProse(document) ? (
        <RichMarkdown text={version.text} />
      ) : (
        <RichMarkdown text={fenced(version.text, languageOf(document))} />
      )}
    </Fold>
  );
}

export function Documents({ conversationId }: { conversationId: string }) {
  const documents = useQuery(artifactsQuery(conversationId));
  const items = documents.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="documents" aria-label={texts.title}>
      <h2>{texts.title}</h2>
      {items.map((document) => (
        <Document key={document.key} document={document} conversationId={conversationId} />
      ))}
    </section>
  );
}
