/** Memories that contradict each other side by side, for the person to say which hold. Shows nothing where none do. */
import { useQuery } from '@tanstack/react-query';
import type { ConflictDecision, Memory, MemoryConflict } from '@vivim/contract/memory';
import { useId, useState } from 'react';
import { api } from '../../api/client.ts';
import { conflictsQuery } from '../../api/memory-queries.ts';
import { number } from '../../count.ts';
import { day } from '../../format.ts';
import { memoryFrom } from '../../memory-from.ts';
import { strings } from '../../strings.ts';
import { DetailsToggle } from './details-toggle.tsx';
import { MemoryDetails } from './memory-details.tsx';
import { useMemoryAct } from './use-memory-act.ts';

const words = strings.memories;

/** `likes:tea` is about tea; what has no words of ours is called as it is. */
function attributeName(attribute: string): string {
  const [word = attribute, of] = attribute.split(':');
  const name = words.attributes[word as keyof typeof words.attributes] ?? word;
  return of === undefined ? name : words.attributeOf(name, of);
}

function Side({ memory, busy, onKeep }: { memory: Memory; busy: boolean; onKeep: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const region = useId();
  const { text, validFrom } = memory;
  return (
    <li className="memory-side">
      <p className="memory-text" dir="auto">
        {text}
      </p>
      <p className="meta">
        <span dir="auto">{memoryFrom(memory)}</span>
        {validFrom !== null && <span>{words.since(day(validFrom))}</span>}
      </p>
      {isOpen && <MemoryDetails memory={memory} region={region} />}
      <div className="actions">
        <button type="button" disabled={busy} onClick={onKeep} aria-label={words.of(words.keep, text)}>
          {words.keep}
        </button>
        <DetailsToggle memory={memory} region={region} isOpen={isOpen} onOpen={setOpen} />
      </div>
    </li>
  );
}

function Conflict({ attribute, memories }: MemoryConflict) {
  const act = useMemoryAct();
  const [busy, setBusy] = useState(false);
  const name = attributeName(attribute);
  const settle = (keep: ConflictDecision['keep'], say: string): void => {
    setBusy(true);
    void act((idempotencyKey) => api.settleMemoryConflict({ body: { attribute, keep }, idempotencyKey }), say).finally(
      () => setBusy(false),
    );
  };
  return (
    <li className="memory-conflict">
      <h3 dir="auto">{name}</h3>
      <ul className="memory-sides">
        {memories.map((memory) => (
          <Side key={memory.id} memory={memory} busy={busy} onKeep={() => settle([memory.id], words.done.settled)} />
        ))}
      </ul>
      <button
        type="button"
        className="quiet"
        disabled={busy}
        aria-label={words.of(words.keepAll, name)}
        onClick={() =>
          settle(
            memories.map(({ id }) => id),
            words.done.allHold,
          )
        }
      >
        {words.keepAll}
      </button>
    </li>
  );
}

interface Props {
  isOpen: boolean;
  onOpen: (open: boolean) => void;
}

export function MemoryConflicts({ isOpen, onOpen }: Props) {
  const { data } = useQuery(conflictsQuery);
  if (data === undefined || data.items.length === 0) return null;
  const count = data.nextCursor === null ? number(data.items.length) : words.moreThan(data.items.length);
  return (
    <section className="memory-todo" aria-labelledby="memory-conflicts">
      <h2 id="memory-conflicts">{words.conflictsTitle}</h2>
      <p className="note">{isOpen ? words.conflictsLead : words.conflicts(count, data.items.length)}</p>
      <button type="button" aria-expanded={isOpen} onClick={() => onOpen(!isOpen)}>
        {isOpen ? words.fold : words.decide}
      </button>
      {isOpen && (
        <ul className="stack">
          {data.items.map((conflict) => (
            <Conflict key={conflict.attribute} {...conflict} />
          ))}
        </ul>
      )}
    </section>
  );
}
