/** Does something with memories at once, and offers the way back: the server takes a step back by the key it was made with. */
import { useQueryClient } from '@tanstack/react-query';
import type { Memory, MemoryChange } from '@vivim/contract/memory';
import { uuidv7 } from '@vivim/contract/random';
import { api } from '../../api/client.ts';
import { refreshMemories, showChanged } from '../../api/memory-queries.ts';
import { strings } from '../../strings.ts';
import { undoable } from '../kit/toast-queue.ts';

const words = strings.memories;

/** @param act must use the key for its one request @returns whether it was done; where it was not, that has been said */
type MemoryAct = (act: (idempotencyKey: string) => Promise<unknown>, say: string) => Promise<boolean>;

export function useMemoryAct(): MemoryAct {
  const client = useQueryClient();
  return (act, say) => {
    const key = uuidv7();
    return undoable(
      async () => {
        await act(key);
        void refreshMemories(client);
      },
      {
        say,
        undo: async () => {
          await api.undoMemoryStep({ params: { id: key } });
          await refreshMemories(client);
        },
      },
    );
  };
}

/** What is done again and again with one memory. */
export function useMemoryActs(memory: Memory) {
  const client = useQueryClient();
  const act = useMemoryAct();
  const { id, pinned, state } = memory;
  const change = (body: MemoryChange, say: string): Promise<boolean> =>
    act(async (idempotencyKey) => {
      showChanged(client, await api.changeMemory({ params: { id }, body, idempotencyKey }));
    }, say);
  return {
    change,
    pin: () => change({ pinned: !pinned }, pinned ? words.done.unpinned : words.done.pinned),
    confirm: () => change({ state: 'active' }, words.done.confirmed),
    resolve: () => change({ state: 'resolved' }, words.done.resolved),
    /** Puts it away, or brings it back from there. */
    putAway: () =>
      state === 'active' || state === 'candidate'
        ? change({ state: 'archived' }, state === 'candidate' ? words.done.rejected : words.done.archived)
        : change({ state: 'active' }, words.done.restored),
    review: (outcome: 'holds' | 'gone') =>
      act(
        (idempotencyKey) => api.reviewMemory({ params: { id }, body: { outcome }, idempotencyKey }),
        outcome === 'holds' ? words.done.holds : words.done.gone,
      ),
    mergeInto: (into: Pick<Memory, 'id'>) =>
      act(
        (idempotencyKey) => api.mergeMemory({ params: { id }, body: { into: into.id }, idempotencyKey }),
        words.done.merged,
      ),
  };
}

export type MemoryActs = ReturnType<typeof useMemoryActs>;
