/** Finds the memory that says the same as this one: the two become that one, which gets what this one stands on. */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Memory } from '@vivim/contract/memory';
import { useState } from 'react';
import { memoriesQuery } from '../../api/memory-queries.ts';
import { useSettled } from '../../hooks/use-settled.ts';
import { strings } from '../../strings.ts';
import { ChooseDialog } from '../kit/choose-dialog.tsx';
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
    <ChooseDialog
      title={words.mergeTitle}
      lead={words.mergeLead(memory.text)}
      label={words.find}
      typed={typed}
      onType={setTyped}
      others={others}
      nameOf={({ text }) => text}
      noOthers={words.noOthers}
      error={list.error}
      onChoose={(other) => void acts.mergeInto(other)}
      onClose={onClose}
    />
  );
}
