/** A memory as a form: what it says, what kind it is, what it is about and where it holds. Of a new one, or of one that is there. */
import { type MemoryKind, memoryKinds } from '@vivim/contract/memory-words';
import { useState } from 'react';
import { strings } from '../../strings.ts';

const words = strings.memories;
const mostCharacters = 4_000;
/** What a domain may be written with: as the server has it, so that it is said where it is typed. */
const domain = /^[\p{L}\p{N}][\p{L}\p{N} ._:/-]{0,99}$/u;

export interface MemoryDraft {
  readonly text: string;
  readonly kind: MemoryKind;
  readonly name: string | null;
  readonly scopes: string[];
}

const listed = (typed: string): string[] => [
  ...new Set(
    typed
      .split(',')
      .map((one) => one.trim().toLowerCase())
      .filter((one) => one !== ''),
  ),
];

interface Props {
  draft: MemoryDraft;
  /** On the button. */
  action: string;
  onSave: (draft: MemoryDraft) => Promise<unknown>;
  onCancel: () => void;
}

export function MemoryEditor({ draft, action, onSave, onCancel }: Props) {
  const [text, setText] = useState(draft.text);
  const [kind, setKind] = useState(draft.kind);
  const [name, setName] = useState(draft.name ?? '');
  const [typed, setTyped] = useState(draft.scopes.join(', '));
  const [busy, setBusy] = useState(false);
  const scopes = listed(typed);
  const wrong = scopes.find((one) => !domain.test(one));
  return (
    <form
      className="memory-editor"
      onSubmit={(event) => {
        event.preventDefault();
        setBusy(true);
        void onSave({ text: text.trim(), kind, name: name.trim() === '' ? null : name.trim(), scopes }).finally(() =>
          setBusy(false),
        );
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <label className="field memory-says">
        <span>{words.editLabel}</span>
        <textarea
          // biome-ignore lint/a11y/noAutofocus: it was asked for by whoever sees it
          autoFocus
          maxLength={mostCharacters}
          rows={3}
          dir="auto"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <label className="field">
        <span>{words.filterKind}</span>
        <select
          value={kind}
          onChange={({ target }) => setKind(memoryKinds.find((one) => one === target.value) ?? 'fact')}
        >
          {memoryKinds.map((one) => (
            <option key={one} value={one}>
              {words.kinds[one]}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{words.nameLabel}</span>
        <input maxLength={200} dir="auto" value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      <label className="field">
        <span>{words.domainsLabel}</span>
        <input
          dir="auto"
          value={typed}
          placeholder={words.domainsExample}
          aria-invalid={wrong !== undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      {wrong !== undefined && (
        <p className="warn" role="alert">
          {words.domainWrong(wrong)}
        </p>
      )}
      <div className="memory-editor-acts">
        <button type="button" onClick={onCancel}>
          {strings.cancel}
        </button>
        <button type="submit" className="primary" disabled={busy || text.trim() === '' || wrong !== undefined}>
          {action}
        </button>
      </div>
    </form>
  );
}
