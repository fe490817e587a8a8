/** Documents a model wrote in a conversation: one at a time, in any of its versions. */
import { useQuery } from '@tanstack/react-query';
import type { Artifact } from '@vivim/contract/artifact';
import { useId, useState } from 'react';
import { artifactsQuery } from '../../api/queries.ts';
import { strings } from '../../strings.ts';
import { Markdown } from '../kit/markdown.tsx';
import { MessageLink } from '../reader/message-link.tsx';

const isProse = (document: Artifact): boolean => document.mime === 'text/markdown' || document.mime === 'document';

function Document({ document, conversationId }: { document: Artifact; conversationId: string }) {
  const { versions } = document;
  const standing = Math.max(
    0,
    versions.findLastIndex(({ latest }) => latest),
  );
  const [chosen, choose] = useState<number | null>(null);
  const select = useId();
  const version = versions[chosen ?? standing];
  const texts = strings.reader.documents;
  if (version === undefined) return null;
  return (
    <details className="folded document">
      <summary>{document.title ?? document.key}</summary>
      <p className="meta">
        <label htmlFor={select}>{texts.version}</label>
        <select id={select} value={chosen ?? standing} onChange={(event) => choose(Number(event.target.value))}>
          {versions.map((one, ix) => (
            <option key={one.version} value={ix}>
              {texts.versionOf(one.version, one.op)}
              {one.latest ? ` (${texts.latest})` : ''}
            </option>
          ))}
        </select>
        <MessageLink conversationId={conversationId} messageId={version.messageId} label={texts.message}>
          {texts.message}
        </MessageLink>
      </p>
      {version.problem !== null && <p className="part-error">{texts.incomplete(version.problem)}</p>}
      {isProse(document) ? (
        <Markdown text={version.text} />
      ) : (
        <pre className="verbatim">
          <code>{version.text}</code>
        </pre>
      )}
    </details>
  );
}

export function Documents({ conversationId }: { conversationId: string }) {
  const documents = useQuery(artifactsQuery(conversationId));
  const items = documents.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="documents" aria-label={strings.reader.documents.title}>
      <h2>{strings.reader.documents.title}</h2>
      {items.map((document) => (
        <Document key={document.key} document={document} conversationId={conversationId} />
      ))}
    </section>
  );
}
