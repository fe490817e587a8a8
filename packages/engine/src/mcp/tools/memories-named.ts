/** Memories by id and by their words, as far as an AI may be told of them. Reads only. */
import { AppError } from '@vivim/contract/errors';
import type { MemoryId } from '@vivim/contract/ids';
import { readCall, type ToolWorld } from '../tool.ts';
import { type ToldMemory, toldMemory } from './told-memory.ts';

/** Candidates that are shown. */
const shown = 20;

/** @throws AppError `not_found` */
export async function memoryById(world: ToolWorld, id: MemoryId): Promise<ToldMemory> {
  const call = readCall(world, { params: { id }, query: {}, body: undefined });
  return toldMemory(await world.handlers.getMemory(call));
}

/** Those whose words these are, or that hold them among others: what holds, and what waits to be confirmed. */
export async function memoriesSaying(
  world: ToolWorld,
  words: { readonly exactly: string } | { readonly says: string },
): Promise<ToldMemory[]> {
  const pages = (['active', 'candidate'] as const).map((state) =>
    world.handlers.listMemories(
      readCall(world, { params: {}, query: { ...words, state, limit: shown }, body: undefined }),
    ),
  );
  return (await Promise.all(pages)).flatMap(({ items }) => items.map(toldMemory));
}

/** Those that hold some of these words, best first; none for words that say nothing. */
export async function memoriesLike(world: ToolWorld, words: string): Promise<ToldMemory[]> {
  const call = readCall(world, { params: {}, query: { q: words, limit: 1 }, body: undefined });
  try {
    const { memories } = await world.handlers.search(call);
    return memories.map(({ memory }) => toldMemory(memory));
  } catch (error) {
    if (error instanceof AppError && error.code === 'query_invalid') return [];
    throw error;
  }
}
