/**
 * A short round over memories that were said long ago: one at a time, does it still hold? Begun by whoever has a minute, left
 * whenever they like. Shows nothing where none is due.
 */
import { useQuery } from '@tanstack/react-query';
import type { Memory } from '@vivim/contract/memory';
import { useEffect, useId, useRef, useState } from 'react';
import { dueMemoriesQuery, memoryChoicesQuery } from '../../api/memory-queries.ts';
import { strings } from '../../strings.ts';
import { EditMemory } from './edit-memory.tsx';
import { MemoryDetails } from './memory-details.tsx';
import { MemoryFacts } from './memory-facts.tsx';
import { useMemoryActs } from './use-memory-act.ts';

const words = strings.memories;

function Question({ memory, onAnswered }: { memory: Memory; onAnswered: () => void }) {
  const acts = useMemoryActs(memory);
  const [isOpen, setOpen] = useState(false);
  const [isEdited, setEdited] = useState(false);
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const region = useId();
  useEffect(() => first.current?.focus({ preventScroll: true }), []);
  const answer = (act: () => Promise<boolean>): void => {
    setBusy(true);
    void act().then((done) => (done ? onAnswered() : setBusy(false)));
  };
  if (isEdited) return <EditMemory memory={memory} acts={acts} onEnd={() => setEdited(false)} />;
  return (
    <>
      <p className="memory-text" dir="auto">
        {memory.text}
      </p>
      <MemoryFacts memory={memory} />
      {isOpen && <MemoryDetails memory={memory} region={region} />}
      <div className="actions">
        <button
          ref={first}
          type="button"
          className="primary"
          disabled={busy}
          onClick={() => answer(() => acts.review('holds'))}
        >
          {words.holds}
        </button>
        <button type="button" disabled={busy} onClick={() => answer(() => acts.review('gone'))}>
          {words.gone}
        </button>
        <button type="button" disabled={busy} onClick={() => setEdited(true)}>
          {words.edit}
        </button>
        <button type="button" className="quiet" disabled={busy} onClick={onAnswered}>
          {words.later}
        </button>
        {memory.evidenceCount > 0 && (
          <button
            type="button"
            className="quiet"
            aria-expanded={isOpen}
            aria-controls={isOpen ? region : undefined}
            onClick={() => setOpen(!isOpen)}
          >
            {words.evidence(memory.evidenceCount)}
          </button>
        )}
      </div>
    </>
  );
}

export function MemoryRound() {
  const due = useQuery(dueMemoriesQuery).data?.items ?? [];
  const all = useQuery(memoryChoicesQuery).data?.due ?? due.length;
  // Who begins a round has these before them, whatever is asked for again meanwhile.
  const [round, setRound] = useState<readonly Memory[] | null>(null);
  const [at, setAt] = useState(0);
  const now = round?.[at];
  if (round === null && due.length === 0) return null;
  const begin = (): void => {
    setRound(due);
    setAt(0);
  };
  return (
    <section className="memory-todo" aria-labelledby="memory-round">
      <h2 id="memory-round">{words.dueTitle}</h2>
      {round === null ? (
        <>
          <p className="note">{words.dueLead(all)}</p>
          <button type="button" onClick={begin}>
            {words.roundBegin(due.length)}
          </button>
        </>
      ) : (
        <>
          <p className="note" role="status">
            {now === undefined ? words.roundDone(round.length) : words.roundAt(at + 1, round.length)}
          </p>
          <button type="button" className="quiet" onClick={() => setRound(null)}>
            {now === undefined ? words.roundClose : words.roundLeave}
          </button>
          {now !== undefined && (
            <div className="memory-question">
              <Question key={now.id} memory={now} onAnswered={() => setAt(at + 1)} />
            </div>
          )}
          {now === undefined && due.length > 0 && (
            <button type="button" onClick={begin}>
              {words.roundMore}
            </button>
          )}
        </>
      )}
    </section>
  );
}
