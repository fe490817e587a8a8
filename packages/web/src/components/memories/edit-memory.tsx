/** Changes what a memory says, in its place. */
import type { Memory } from '@vivim/contract/memory';
import { strings } from '../../strings.ts';
import { MemoryEditor } from './memory-editor.tsx';
import type { MemoryActs } from './use-memory-act.ts';

const words = strings.memories;

interface Props {
  memory: Memory;
  acts: MemoryActs;
  onEnd: () => void;
}

export function EditMemory({ memory, acts, onEnd }: Props) {
  return (
    <MemoryEditor
      draft={memory}
      action={words.save}
      onCancel={onEnd}
      onSave={async ({ text, kind, name, scopes }) => {
        if (await acts.change({ text, kind, name, scopes }, words.done.edited)) onEnd();
      }}
    />
  );
}
