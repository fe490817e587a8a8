/** What may be done with a memory, and the dialogs its acts open. All but forgetting can be undone. */
import type { Memory } from '@vivim/contract/memory';
import { memoryKinds } from '@vivim/contract/memory-words';
import { type ReactElement, useState } from 'react';
import { strings } from '../../strings.ts';
import { Menu, MenuChoice, MenuItem, MenuLine } from '../kit/menu.tsx';
import { ForgetMemory } from './forget-memory.tsx';
import { MergeMemory } from './merge-memory.tsx';
import type { MemoryActs } from './use-memory-act.ts';

const words = strings.memories;

interface Props {
  memory: Memory;
  acts: MemoryActs;
  onEdit: () => void;
  trigger: ReactElement;
}

export function MemoryMenu({ memory, acts, onEdit, trigger }: Props) {
  const [asking, setAsking] = useState<'merge' | 'forget' | null>(null);
  const { state, kind, pinned } = memory;
  const isCandidate = state === 'candidate';
  const isIn = state === 'active' || isCandidate;
  const close = () => setAsking(null);
  return (
    <>
      <Menu trigger={trigger}>
        {isCandidate && <MenuItem onSelect={() => void acts.confirm()}>{words.confirm}</MenuItem>}
        <MenuItem hint="e" onSelect={onEdit}>
          {words.edit}
        </MenuItem>
        <MenuItem hint="p" onSelect={() => void acts.pin()}>
          {pinned ? words.unpin : words.pin}
        </MenuItem>
        <MenuItem onSelect={() => setAsking('merge')}>{words.merge}</MenuItem>
        {kind === 'open_question' && state === 'active' && (
          <MenuItem onSelect={() => void acts.resolve()}>{words.resolve}</MenuItem>
        )}
        <MenuItem hint="a" onSelect={() => void acts.putAway()}>
          {isCandidate ? words.reject : isIn ? words.archive : words.restore}
        </MenuItem>
        <MenuLine />
        <MenuChoice
          label={words.kindIs}
          value={kind}
          options={memoryKinds.map((one) => [one, words.kinds[one]] as const)}
          onChange={(one) => void acts.change({ kind: one }, words.done.kind(words.kinds[one]))}
        />
        <MenuLine />
        <MenuItem danger onSelect={() => setAsking('forget')}>
          {words.forget}
        </MenuItem>
      </Menu>
      {asking === 'merge' && <MergeMemory memory={memory} acts={acts} onClose={close} />}
      {asking === 'forget' && <ForgetMemory memory={memory} onClose={close} />}
    </>
  );
}
