/** Memories of one space as their person meets them: every route of theirs as a function, with a clock that can be set. */
import { ContextRequest } from '@vivim/contract/context';
import type { MemoryId } from '@vivim/contract/ids';
import {
  type Memory,
  MemoryChange,
  type MemoryChoices,
  type MemoryDetail,
  MemoryQuery,
  MemoryRequest,
  type MemoryStep,
} from '@vivim/contract/memory';
import { uuidv7 } from '@vivim/contract/random';
import { memoryHandlers } from '../../packages/engine/src/http/memories.ts';
import type { UserSpace } from '../../packages/engine/src/space/user-space.ts';
import { asker, contextsOf } from './context.ts';
import { newErasing } from './erasing.ts';

export const dayMs = 86_400_000;
export const start = Date.UTC(2026, 0, 1);

export function memoryHome(space: UserSpace) {
  let now = start;
  const clock = () => now;
  const kit = newErasing(space, { clock });
  const handlers = memoryHandlers({ space, eraser: kit.eraser, clock, wake: () => {} });
  let lastKey = '';
  const verb = () => {
    lastKey = uuidv7();
    return { id: lastKey, operation: 'test', requestHash: 'h' };
  };
  const call = (of: object) => ({ verb: verb(), query: {}, asker, ...of }) as never;
  const orchestrator = contextsOf(space, clock);
  return {
    ...kit,
    goTo: (ms: number) => {
      now = ms;
    },
    state: (body: object): Memory => handlers.createMemory(call({ body: MemoryRequest.parse(body) })) as Memory,
    change: (id: MemoryId, body: object): Memory =>
      handlers.changeMemory(call({ params: { id }, body: MemoryChange.parse(body) })) as Memory,
    merge: (id: MemoryId, into: MemoryId): Memory =>
      handlers.mergeMemory(call({ params: { id }, body: { into } })) as Memory,
    review: (id: MemoryId, outcome: 'holds' | 'gone'): Memory =>
      handlers.reviewMemory(call({ params: { id }, body: { outcome } })) as Memory,
    due: () => (handlers.listDueMemories(call({ query: { limit: 50 } })) as { items: Memory[] }).items,
    conflicts: () =>
      (
        handlers.listMemoryConflicts(call({ query: { limit: 50 } })) as {
          items: { attribute: string; memories: Memory[] }[];
        }
      ).items,
    settleConflict: (attribute: string, keep: MemoryId[]) =>
      handlers.settleMemoryConflict(call({ body: { attribute, keep } })),
    /** By the key of the request that made it. */
    undo: (key: string) => handlers.undoMemoryStep(call({ params: { id: key } })) as { memories: Memory[] },
    steps: (query: object = {}) =>
      handlers.listMemorySteps(call({ query: { limit: 50, ...query } })) as {
        items: MemoryStep[];
        nextCursor: string | null;
      },
    lastKey: () => lastKey,
    choices: () => handlers.getMemoryChoices() as MemoryChoices,
    narrowed: (query: object) =>
      (handlers.listMemories(call({ query: MemoryQuery.parse(query) })) as { items: Memory[] }).items,
    detail: (id: MemoryId) => handlers.getMemory(call({ params: { id } })) as MemoryDetail,
    list: (state: Memory['state'] = 'active') =>
      (handlers.listMemories(call({ query: { limit: 200, state } })) as { items: Memory[] }).items,
    ask: (of: object) => orchestrator.compile(ContextRequest.parse({ query: '', budget: 4_000, ...of }), asker),
  };
}
export const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'no error';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};
