/**
 * Keeping one statement about the user, and letting one go: the same way a person does it through the API. What is remembered says
 * which application wrote it; what is forgotten is set aside where its person can bring it back, and erased only when that is asked for.
 */
import { AppError } from '@vivim/contract/errors';
import { MemoryId } from '@vivim/contract/ids';
import { MemoryKind, MemoryScope, memoryLimits } from '@vivim/contract/memory';
import { z } from 'zod';
import { defineTool, type ToolWorld, writeCall } from '../tool.ts';
import { pageAt } from '../visit.ts';
import { memoriesLike, memoriesSaying, memoryById } from './memories-named.ts';
import { memoryLine, ToldMemory, toldMemory } from './told-memory.ts';

const kinds = MemoryKind.extract(['fact', 'preference', 'instruction', 'goal', 'event', 'decision', 'open_question']);
const memoriesPage = z.string().nullable().describe('Where the user sees and undoes it.');

export const remember = defineTool({
  title: 'Remember something about the user',
  description:
    'Keep one statement about the user, so that every AI they use is told it from now on. Call it when the user asks for something to be remembered, or says something lasting and plainly wants it kept; not for what only matters in this conversation. One statement a call, in a whole sentence that stands without this conversation: "The user is allergic to peanuts.", not "allergic". What is there in the same words already is not kept twice. Never keep passwords, keys or tokens.',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  input: z.strictObject({
    text: z.string().trim().min(1).max(memoryLimits.text).describe('The statement.'),
    kind: kinds
      .default('fact')
      .describe('"instruction" for how to answer the user, "preference" for what they like, else what it is.'),
    scopes: z
      .array(MemoryScope)
      .max(memoryLimits.scopes)
      .default([])
      .describe('Domains it holds in, such as "code" or "work:acme"; none: always.'),
    replaces: z
      .array(MemoryId)
      .max(memoryLimits.related)
      .default([])
      .describe('Memories that no longer hold because of this one, k_…, from search. They stay in the history.'),
  }),
  output: z.strictObject({ memory: ToldMemory, url: memoriesPage }),
  async run({ text, kind, scopes, replaces }, world) {
    const body = {
      text,
      kind,
      scopes,
      supersedes: replaces,
      pinned: false,
      name: null,
      aliases: [],
      related: [],
      state: 'active' as const,
    };
    for (const id of replaces) await memoryById(world, id);
    const memory = await world.handlers.createMemory(writeCall(world, 'createMemory', { params: {}, query: {}, body }));
    return { memory: toldMemory(memory), url: pageAt(world.origin, '/memories') };
  },
  text: ({ memory }) => `Kept as ${memoryLine(memory)}. The user sees it on their Memories page and can undo it there.`,
});

export const forget = defineTool({
  title: 'Forget something about the user',
  description:
    'Let go of one memory about the user, when they ask for it. Name it by id, or by its exact words; where no memory has exactly those words, or several do, nothing is forgotten and the candidates come back: show them to the user and call again with the id. It is set aside: no AI is told it from then on, and the user can bring it back on their Memories page. With erase it is destroyed for good, which nobody can undo: only when the user says so. Conversations it was said in are not touched.',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  input: z.strictObject({
    id: MemoryId.optional().describe('k_…, from search, remember or candidates.'),
    quote: z
      .string()
      .trim()
      .min(1)
      .max(memoryLimits.text)
      .optional()
      .describe('All words of the memory as they are kept. Give this or id, not both.'),
    erase: z.boolean().default(false).describe('Destroy it for good instead of setting it aside.'),
  }),
  output: z.strictObject({
    outcome: z.enum(['set_aside', 'erased', 'ambiguous']),
    memory: ToldMemory.nullable().describe('What was forgotten.'),
    candidates: z.array(ToldMemory).describe('What may have been meant, where nothing was forgotten.'),
    url: memoriesPage,
  }),
  async run({ id, quote, erase }, world) {
    const url = pageAt(world.origin, '/memories');
    const named = await meant(world, { id, quote });
    const [memory, ...others] = named.exactly;
    if (memory === undefined || others.length > 0) {
      const candidates = memory === undefined ? named.nearly : named.exactly;
      if (candidates.length === 0) throw new AppError('not_found');
      return { outcome: 'ambiguous' as const, memory: null, candidates, url };
    }
    const params = { id: memory.id };
    if (erase) {
      await world.handlers.forgetMemory(writeCall(world, 'forgetMemory', { params, query: {}, body: undefined }));
      return { outcome: 'erased' as const, memory, candidates: [], url };
    }
    const body = { state: 'archived' as const };
    const set = await world.handlers.changeMemory(writeCall(world, 'changeMemory', { params, query: {}, body }));
    return { outcome: 'set_aside' as const, memory: toldMemory(set), candidates: [], url };
  },
  text: ({ outcome, memory, candidates }) => {
    if (memory === null)
      return [
        'Nothing was forgotten: no single memory has exactly these words. Ask the user which is meant:',
        ...candidates.map(memoryLine),
      ].join('\n');
    const how =
      outcome === 'erased' ? 'Erased for good' : 'Set aside; the user can bring it back on their Memories page';
    return `${how}: ${memoryLine(memory)}`;
  },
});

/** @throws AppError `request_invalid` where not exactly one way of naming it is used, `not_found` for an id nobody has */
async function meant(
  world: ToolWorld,
  { id, quote }: { readonly id: MemoryId | undefined; readonly quote: string | undefined },
): Promise<{ readonly exactly: ToldMemory[]; readonly nearly: ToldMemory[] }> {
  if (id !== undefined && quote === undefined) return { exactly: [await memoryById(world, id)], nearly: [] };
  if (quote === undefined || id !== undefined)
    throw new AppError('request_invalid', 'Give either id or quote.', { field: 'id' });
  const exactly = await memoriesSaying(world, { exactly: quote });
  if (exactly.length > 0) return { exactly, nearly: [] };
  const saying = await memoriesSaying(world, { says: quote });
  return { exactly, nearly: saying.length > 0 ? saying : await memoriesLike(world, quote) };
}
