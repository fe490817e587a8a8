/** One part of a message. Prose and code stand open; reasoning, tools and their results are folded. */
import type { Part } from '@vivim/contract/conversation';
import { withoutCiteMarkers } from '../../pieces.ts';
import { strings } from '../../strings.ts';
import { Markdown } from '../kit/markdown.tsx';
import { AttachmentView } from './attachment-view.tsx';

function Attachment({ part }: { part: Part }) {
  const { attachment } = part;
  return attachment === null ? null : <AttachmentView attachment={attachment} kind={strings.reader.parts[part.kind]} />;
}

function Verbatim({ part }: { part: Part }) {
  return (
    <pre className="verbatim">
      <code>{part.text}</code>
    </pre>
  );
}

export function PartView({ part }: { part: Part }) {
  const name = strings.reader.parts[part.kind];
  if (part.attachment !== null && (part.text === null || part.text === '')) return <Attachment part={part} />;
  if (part.text === null || part.text.trim() === '') return null;
  switch (part.kind) {
    case 'text':
      return <Markdown text={withoutCiteMarkers(part.text)} />;
    case 'code':
      return <Verbatim part={part} />;
    case 'error':
      return (
        <p className="part-error">
          <b>{name}:</b> {part.text}
        </p>
      );
    case 'image':
    case 'audio':
      return (
        <>
          <Attachment part={part} />
          <Markdown text={part.text} />
        </>
      );
    default:
      return (
        <details className="folded">
          <summary>
            {name}
            {part.toolName !== null && <code>{part.toolName}</code>}
            {part.attachment?.name !== undefined && part.attachment?.name !== null && (
              <code>{part.attachment.name}</code>
            )}
          </summary>
          <Attachment part={part} />
          {part.kind === 'reasoning' ? <Markdown text={part.text} /> : <Verbatim part={part} />}
        </details>
      );
  }
}
