/**
 * One part of a message. Prose and code stand open; reasoning, tools and their results are folded under what they are, with their
 * first words; what nobody said stands on a card that says what it is.
 */
import type { Part } from '@vivim/contract/conversation';
import { shorten } from '@vivim/contract/shorten';
import type { ReactNode } from 'react';
import { fenced } from '../../api/message-markdown.ts';
import { withoutCiteMarkers } from '../../pieces.ts';
import { strings } from '../../strings.ts';
import { AttachmentView } from './attachment-view.tsx';
import { Fold } from './fold.tsx';
import { RichMarkdown } from './rich-markdown.tsx';

const words = strings.reader;
const previewLength = 90;
/** Looked at for a first line. */
const previewFrom = 2_000;

const preview = (text: string): string =>
  shorten(text.slice(0, previewFrom).replace(/\s+/g, ' ').trim(), previewLength);

function Attachment({ part }: { part: Part }) {
  const { attachment } = part;
  return attachment === null ? null : <AttachmentView attachment={attachment} kind={words.parts[part.kind]} />;
}

function Verbatim({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
    <pre className="verbatim" tabIndex={0}>
      <code>{text}</code>
    </pre>
  );
}

/** JSON of a call with its colours; anything else as it is. */
function Told({ text }: { text: string }) {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed) || trimmed.length > 20_000) return <Verbatim text={text} />;
  try {
    return <RichMarkdown text={fenced(JSON.stringify(JSON.parse(trimmed), null, 2), 'json')} />;
  } catch {
    return <Verbatim text={text} />;
  }
}

function Summary({ label, part }: { label: string; part: Part }): ReactNode {
  const name = part.attachment?.name ?? null;
  return (
    <>
      <b>{label}</b>
      {name !== null && <code>{name}</code>}
      <span className="fold-preview" dir="auto">
        {preview(part.text ?? part.raw ?? '')}
      </span>
    </>
  );
}

function labelOf(part: Part): string {
  const tool = part.toolName ?? words.toolUnnamed;
  if (part.kind === 'tool_call') return words.called(tool);
  if (part.kind === 'tool_result') return words.resultOf(tool);
  return words.parts[part.kind];
}

/** @param name unique in the conversation */
export function PartView({ part, name }: { part: Part; name: string }) {
  const { kind } = part;
  const text = part.text ?? part.raw;
  if (part.attachment !== null && (text === null || text === '')) return <Attachment part={part} />;
  if (text === null || text.trim() === '') return null;
  switch (kind) {
    case 'text':
      return <RichMarkdown text={withoutCiteMarkers(text)} />;
    case 'code':
      return <RichMarkdown text={fenced(text, part.language)} />;
    case 'error':
      return (
        <p className="part-error" role="note">
          <b>{words.parts.error}</b> <span dir="auto">{text}</span>
        </p>
      );
    case 'image':
    case 'audio':
      return (
        <>
          <Attachment part={part} />
          <RichMarkdown text={text} />
        </>
      );
    case 'reasoning':
      return (
        <Fold name={name} className="reasoning" summary={<Summary label={words.parts.reasoning} part={part} />}>
          <RichMarkdown text={text} />
        </Fold>
      );
    case 'tool_call':
    case 'tool_result':
    case 'file':
      return (
        <Fold name={name} className={kind.replace('_', '-')} summary={<Summary label={labelOf(part)} part={part} />}>
          <Attachment part={part} />
          <Told text={text} />
        </Fold>
      );
    case 'artifact':
    case 'source':
    case 'context':
    case 'raw':
      return (
        <Fold name={name} className="kept" summary={<Summary label={words.parts[kind]} part={part} />}>
          <p className="note">{words.partNotes[kind]}</p>
          <Attachment part={part} />
          <Told text={text} />
        </Fold>
      );
  }
}
