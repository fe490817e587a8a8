/** What may be put right in a topic or an entity, folded away until somebody wants to. Every act is a correction and can be undone. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { EntityCorrection, TopicCorrection } from '@vivim/contract/correction';
import type { EntityId, TopicId } from '@vivim/contract/ids';
import { type EntityProfile, type EntityType, entityTypes, type TopicProfile } from '@vivim/contract/profile';
import { type ReactNode, useId, useState } from 'react';
import { api } from '../../api/client.ts';
import { entitiesQuery, topicsQuery } from '../../api/queries.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';

const words = strings.corrections;

type Subject = { kind: 'topic'; profile: TopicProfile } | { kind: 'entity'; profile: EntityProfile };
type Correct = (body: TopicCorrection | EntityCorrection) => void;

function useCorrect({ kind, profile }: Subject) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: TopicCorrection | EntityCorrection) =>
      kind === 'topic'
        ? api.correctTopic({ params: { id: profile.id }, body: body as TopicCorrection })
        : api.correctEntity({ params: { id: profile.id }, body: body as EntityCorrection }),
    onSuccess: () => client.invalidateQueries(),
  });
}

function RenameForm({ name, correct, busy }: { name: string; correct: Correct; busy: boolean }) {
  const [text, setText] = useState(name);
  return (
    <form
      className="correction"
      onSubmit={(event) => {
        event.preventDefault();
        correct({ action: 'rename', name: text.trim() });
      }}
    >
      <label>
        {words.name}
        <input maxLength={120} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <button type="submit" disabled={busy || text.trim() === '' || text.trim() === name}>
        {words.rename}
      </button>
    </form>
  );
}

/** What there is of its kind, most important first. */
function useOthers(kind: Subject['kind'], id: string): { id: string; name: string }[] {
  const topics = useInfiniteQuery({ ...topicsQuery(200), enabled: kind === 'topic' });
  const entities = useInfiniteQuery({ ...entitiesQuery, enabled: kind === 'entity' });
  const all =
    kind === 'topic'
      ? (topics.data?.pages ?? []).flatMap((page) =>
          page.items.map((one) => ({ id: one.id as string, name: one.label })),
        )
      : (entities.data?.pages ?? []).flatMap((page) =>
          page.items.map((one) => ({ id: one.id as string, name: one.name })),
        );
  return all.filter((one) => one.id !== id);
}

function MergeForm({ subject, correct, busy }: { subject: Subject; correct: Correct; busy: boolean }) {
  const others = useOthers(subject.kind, subject.profile.id);
  const [into, setInto] = useState('');
  return (
    <form
      className="correction"
      onSubmit={(event) => {
        event.preventDefault();
        correct({ action: 'merge', into: into as TopicId & EntityId });
      }}
    >
      <label>
        {words.mergeInto}
        <select value={into} onChange={(event) => setInto(event.target.value)}>
          <option value="">{words.mergeChoose}</option>
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" disabled={busy || into === ''}>
        {words.mergeAction}
      </button>
    </form>
  );
}

function SplitForm({ parts, correct, busy }: { parts: readonly string[]; correct: Correct; busy: boolean }) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  if (parts.length < 2) return null;
  return (
    <form
      className="correction"
      onSubmit={(event) => {
        event.preventDefault();
        correct({ action: 'split', parts: [...chosen] });
      }}
    >
      <fieldset>
        <legend>{words.splitLead}</legend>
        {parts.map((part) => (
          <label key={part}>
            <input
              type="checkbox"
              checked={chosen.includes(part)}
              onChange={(event) =>
                setChosen(event.target.checked ? [...chosen, part] : chosen.filter((one) => one !== part))
              }
            />
            <span dir="auto">{part}</span>
          </label>
        ))}
      </fieldset>
      <button type="submit" disabled={busy || chosen.length === 0 || chosen.length === parts.length}>
        {words.splitAction}
      </button>
    </form>
  );
}

function TypeChoice({ type, correct, busy }: { type: EntityType; correct: Correct; busy: boolean }) {
  const id = useId();
  return (
    <div className="correction">
      <label htmlFor={id}>{words.type}</label>
      <select
        id={id}
        value={type}
        disabled={busy}
        onChange={(event) => correct({ action: 'type', type: event.target.value as EntityType })}
      >
        {entityTypes.map((one) => (
          <option key={one} value={one}>
            {strings.profiles.types[one]}
          </option>
        ))}
      </select>
    </div>
  );
}

export function ProfileCorrections(subject: Subject): ReactNode {
  const { kind, profile } = subject;
  const { mutate: correct, isPending: busy, error } = useCorrect(subject);
  const [open, setOpen] = useState(false);
  const { pinned, hidden, parts } = profile;
  return (
    <>
      <div className="actions">
        <button
          type="button"
          className="quiet"
          disabled={busy}
          onClick={() => correct({ action: 'pin', pinned: !pinned })}
        >
          {pinned ? words.unpin : words.pin}
        </button>
        <button
          type="button"
          className="quiet"
          disabled={busy}
          onClick={() => correct({ action: 'hide', hidden: !hidden })}
        >
          {hidden ? words.show : kind === 'topic' ? words.hide : words.ignore}
        </button>
      </div>
      {hidden && <p className="note">{words.hidden}</p>}
      <details className="folded" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{words.correct}</summary>
        {open && (
          <>
            <RenameForm name={kind === 'topic' ? profile.label : profile.name} correct={correct} busy={busy} />
            {kind === 'entity' && <TypeChoice type={profile.type} correct={correct} busy={busy} />}
            <MergeForm subject={subject} correct={correct} busy={busy} />
            <SplitForm parts={parts} correct={correct} busy={busy} />
          </>
        )}
      </details>
      {error !== null && <Problem error={error} />}
    </>
  );
}
