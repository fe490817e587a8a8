/** Hangs things on conversations and messages, at once and with a way back. What was read of them is asked for again. */
import type { QueryClient } from '@tanstack/react-query';
import type { AnnotationStep } from '@vivim/contract/annotation';
import { ExclusionSubject } from '@vivim/contract/exclusion';
import type { ExclusionId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { undoable } from '../components/kit/toast-queue.ts';
import { api } from './client.ts';

/** One answer takes so many steps. */
const stepsAtOnce = 2_000;
const exclusionsAtOnce = 4;

/** Lists, facets, the conversation's head and what hangs on it; not its words. */
export async function refreshAnnotations(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ['conversations'] }),
    client.invalidateQueries({ queryKey: ['annotations'] }),
    client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'conversation' && queryKey.length === 2 }),
  ]);
}

async function take(steps: readonly AnnotationStep[]): Promise<AnnotationStep[]> {
  const undo: AnnotationStep[] = [];
  for (let at = 0; at < steps.length; at += stepsAtOnce) {
    const body = { steps: steps.slice(at, at + stepsAtOnce) };
    undo.unshift(...(await api.annotate({ body, idempotencyKey: uuidv7() })).undo);
  }
  return undo;
}

/** @param say what was done, in the past tense */
export async function annotate(client: QueryClient, steps: readonly AnnotationStep[], say: string): Promise<boolean> {
  let undo: AnnotationStep[] = [];
  return undoable(
    async () => {
      undo = await take(steps);
      await refreshAnnotations(client);
    },
    {
      say,
      undo: async () => {
        if (undo.length > 0) await take(undo);
        await refreshAnnotations(client);
      },
    },
  );
}

/** A few at a time: each is a write of its own. */
async function inTurns<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const rest = [...all];
  const worker = async (): Promise<void> => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: exclusionsAtOnce }, worker));
}

const refreshExclusions = (client: QueryClient, ids: readonly string[]): Promise<unknown> =>
  Promise.all([
    client.invalidateQueries({ queryKey: ['exclusions'] }),
    client.invalidateQueries({ queryKey: ['exclusion'] }),
    client.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] === 'conversation' && queryKey[2] === 'outline',
    }),
    ...ids.map((id) => client.invalidateQueries({ queryKey: ['message', id] })),
  ]);

/** Keeps conversations or messages out of contexts. */
export async function keepOut(
  client: QueryClient,
  kind: 'conversation' | 'message',
  ids: readonly string[],
  say: string,
): Promise<boolean> {
  const made: ExclusionId[] = [];
  return undoable(
    async () => {
      await inTurns(ids, async (of) => {
        const { items } = await api.listExclusions({ query: { kind, of, limit: 1 } });
        if (items.length > 0) return;
        const body = ExclusionSubject.parse({ kind, of });
        made.push((await api.createExclusion({ body, idempotencyKey: uuidv7() })).id);
      });
      await refreshExclusions(client, ids);
    },
    {
      say,
      undo: async () => {
        await inTurns(made, async (id) => void (await api.deleteExclusion({ params: { id } })));
        await refreshExclusions(client, ids);
      },
    },
  );
}

/** Lets a message into contexts again. */
export async function letIn(client: QueryClient, id: string, say: string): Promise<boolean> {
  return undoable(
    async () => {
      const { items } = await api.listExclusions({ query: { kind: 'message', of: id, limit: 1 } });
      await inTurns(items, async (one) => void (await api.deleteExclusion({ params: { id: one.id } })));
      await refreshExclusions(client, [id]);
    },
    {
      say,
      undo: async () => {
        const body = ExclusionSubject.parse({ kind: 'message', of: id });
        await api.createExclusion({ body, idempotencyKey: uuidv7() });
        await refreshExclusions(client, [id]);
      },
    },
  );
}
