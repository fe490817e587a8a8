/** Finds the memory that says the same as this one: the two become that one, which gets what this one stands on. */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Memory } from '@vivim/contract/memory';
import { useState } from 'react';
import { memoriesQuery } from '../../api/memory-queries.ts';
import { useSettled } from '../../hooks/use-settled.ts';
import { strings } from '../../strings.ts';
import { Dialog } from '../kit/dialog.tsx';
import { Problem } from '../kit/problem.tsx';
import type { MemoryActs } from './use-memory-act.ts';

const words = strings.memories;
/** A list one looks through, and no more: typing finds the others. */
const shown = 30;
const restMs = 150;

interface Props {
  memory: Memory;
  acts: MemoryActs;
  onClose: () => void;
}

export function MergeMemory({ memory, acts, onClose }: Props) {
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim(), restMs);
  const list = useInfiniteQuery(memoriesQuery(q === '' ? {} : { q }));
  const others = list.data?.pages[0]?.items.filter(({ id }) => id !== memory.id).slice(0, shown);
  return (
    <Dialog open onOpenChange={onClose} title={words.mergeTitle} lead={words.mergeLead(memory.text)}>
      <label className="field">
        <span>{words.find}</span>
        <input type="search" value={typed} onChange={(event) => setTyped(event.target.value)} />
      </label>
      {list.error !== null && <Problem error={list.error} />}
      {others?.length === 0 && <p className="note">{words.noOthers}</p>}
      <ul className="memory-others">
        {others?.map((other) => (
          <li key={other.id}>
            <button
              type="button"
              dir="auto"
              onClick={() => {
                onClose();
                void acts.mergeInto(other);
              }}
            >
              {other.text}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
