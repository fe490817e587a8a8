/** One memory: what it says, where it comes from, what it stands on, and what may be done with it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Memory, MemoryChange, MemoryEvidence } from '@vivim/contract/memory';
import { uuidv7 } from '@vivim/contract/random';
import { useState } from 'react';
import { afterErasure } from '../../api/after-erasure.ts';
import { api } from '../../api/client.ts';
import { memoryQuery, refreshMemories } from '../../api/queries.ts';
import { day } from '../../format.ts';
import { strings } from '../../strings.ts';
import { Confirm } from '../kit/confirm.tsx';
import { Problem } from '../kit/problem.tsx';
import { MessageLink } from '../reader/message-link.tsx';

const words = strings.memories;

function Evidence({ evidence }: { evidence: MemoryEvidence }) {
  return (
    <li>
      <q dir="auto">{evidence.quoted ?? '…'}</q>{' '}
      <span className="meta">
        {evidence.from === 'message' ? (
          <MessageLink conversationId={evidence.conversationId} messageId={evidence.messageId}>
            {evidence.title ?? strings.untitled}
          </MessageLink>
        ) : (
          <a href={`/imports/${evidence.importId}`}>{words.record(evidence.record, evidence.field)}</a>
        )}
        <time>{day(evidence.at)}</time>
      </span>
    </li>
  );
}

/** Asked for when somebody looks. */
function StandsOn({ memory }: { memory: Memory }) {
  const [open, setOpen] = useState(false);
  const detail = useQuery({ ...memoryQuery(memory.id), enabled: open });
  if (memory.evidenceCount === 0) return null;
  return (
    <details className="folded" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.evidence(memory.evidenceCount)}</summary>
      {detail.error !== null && <Problem error={detail.error} />}
      <ul>
        {(detail.data?.evidence ?? []).map((evidence) => (
          <Evidence key={JSON.stringify(evidence)} evidence={evidence} />
        ))}
      </ul>
    </details>
  );
}

/** What would go, asked for when somebody looks. */
function Preview({ memory }: { memory: Memory }) {
  const preview = useQuery({
    queryKey: ['erase-preview', memory.id],
    queryFn: () => api.forgetMemory({ params: { id: memory.id }, query: { preview: 'true' } }),
    gcTime: 0,
  });
  if (preview.error !== null) return <Problem error={preview.error} />;
  if (preview.data === undefined) return strings.loading;
  const { removed, remaining } = preview.data;
  return [words.forgetWarning(removed.bundles), ...remaining.map(({ detail }) => detail)].join(' ');
}

function Editor({ memory, save, close }: { memory: Memory; save: (text: string) => void; close: () => void }) {
  const [text, setText] = useState(memory.text);
  return (
    <form
      className="memory-edit"
      onSubmit={(event) => {
        event.preventDefault();
        save(text);
      }}
    >
      <textarea
        aria-label={words.editLabel}
        maxLength={4_000}
        rows={3}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="primary" disabled={text.trim() === ''}>
        {words.save}
      </button>
      <button type="button" onClick={close}>
        {strings.cancel}
      </button>
    </form>
  );
}

export function MemoryCard({ memory }: { memory: Memory }) {
  const client = useQueryClient();
  const [editing, setEditing] = useState(false);
  const [idempotencyKey] = useState(() => uuidv7());
  const params = { id: memory.id };
  const changed = async () => {
    setEditing(false);
    await refreshMemories(client);
    await client.invalidateQueries({ queryKey: ['memory', memory.id] });
  };
  const change = useMutation({
    mutationFn: (body: MemoryChange) => api.changeMemory({ params, body }),
    onSuccess: changed,
  });
  const forget = useMutation({
    mutationFn: () => api.forgetMemory({ params, idempotencyKey }),
    onSuccess: () => afterErasure(client),
  });
  const { text, kind, label, project, state, pinned, name, aliases, scopes, suspicious } = memory;
  const isOut = state !== 'active' && state !== 'candidate';
  return (
    <li className="card memory">
      {editing ? (
        <Editor memory={memory} save={(said) => change.mutate({ text: said })} close={() => setEditing(false)} />
      ) : (
        <p className="memory-text" dir="auto">
          {text}
        </p>
      )}
      <p className="meta">
        <span className="chip">{words.kinds[kind]}</span>
        {pinned && <span className="chip">{words.pinned}</span>}
        {state !== 'active' && <span className="warn">{words.states[state]}</span>}
        {suspicious && <span className="warn">{words.suspicious}</span>}
        {name !== null && <span>{words.about(name, aliases)}</span>}
        {scopes.length > 0 && <span>{words.forDomains(scopes)}</span>}
        <span>{label}</span>
        {project !== null && <span>{words.inProject(project.name ?? project.id)}</span>}
      </p>
      <StandsOn memory={memory} />
      <div className="actions">
        {!editing && (
          <button type="button" className="quiet" onClick={() => setEditing(true)}>
            {words.edit}
          </button>
        )}
        {state === 'candidate' && (
          <button
            type="button"
            className="primary"
            disabled={change.isPending}
            onClick={() => change.mutate({ state: 'active' })}
          >
            {words.confirm}
          </button>
        )}
        {kind === 'open_question' && state === 'active' && (
          <button
            type="button"
            className="quiet"
            disabled={change.isPending}
            onClick={() => change.mutate({ state: 'resolved' })}
          >
            {words.resolve}
          </button>
        )}
        <button
          type="button"
          className="quiet"
          disabled={change.isPending}
          onClick={() => change.mutate({ pinned: !pinned })}
        >
          {pinned ? words.unpin : words.pin}
        </button>
        <button
          type="button"
          className="quiet"
          disabled={change.isPending}
          onClick={() => change.mutate({ state: isOut ? 'active' : 'archived' })}
        >
          {state === 'candidate' ? words.reject : isOut ? words.restore : words.archive}
        </button>
        <Confirm
          label={words.forget}
          quiet
          busy={forget.isPending}
          warning={<Preview memory={memory} />}
          confirm={words.forgetNow}
          onConfirm={() => forget.mutate()}
        />
      </div>
      {change.error !== null && <Problem error={change.error} />}
      {forget.error !== null && <Problem error={forget.error} />}
    </li>
  );
}
