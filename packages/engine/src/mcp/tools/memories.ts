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
  asked: (_, { memory }) => ({ kind: 'remember', words: null, count: 1, given: [memory.id] }),
  text: ({ memory }) => `Kept as ${memoryLine(memory)}. The user sees it on their Memories page and can undo it there.`,
});

/** What became of it; `nothing_to_forget` says the same of words that were forgotten before and of words that never were there. */
const outcomes = ['set_aside', 'erased', 'already_forgotten', 'nothing_to_forget', 'ambiguous'] as const;
type Outcome = (typeof outcomes)[number];

export const forget = defineTool({
  title: 'Forget something about the user',
  description:
    'Let go of one memory about the user, when they ask for it. Name it by id, or by its exact words; where no memory has exactly those words, or several do, nothing is forgotten and the candidates come back: show them to the user and call again with the id. It is set aside: no AI is told it from then on, and the user can bring it back on their Memories page. With erase it is destroyed for good, which nobody can undo: only when the user says so. Conversations it was said in are not touched. What was forgotten before is answered so, and nothing more happens.',
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
    outcome: z.enum(outcomes),
    memory: ToldMemory.nullable().describe('What was forgotten now.'),
    candidates: z.array(ToldMemory).describe('What may have been meant, where nothing was forgotten.'),
    url: memoriesPage,
  }),
  async run({ id, quote, erase }, world) {
    const answer = { memory: null, candidates: [], url: pageAt(world.origin, '/memories') };
    if ((id === undefined) === (quote === undefined))
      throw new AppError('request_invalid', 'Give either id or quote.', { field: 'id' });
    if (id !== undefined) return { ...answer, ...(await forgetOne(world, id, erase)) };
    const named = await meant(world, quote ?? '');
    const [memory, ...others] = named.exactly;
    if (memory !== undefined && others.length === 0)
      return { ...answer, ...(await forgetOne(world, memory.id, erase)) };
    const candidates = memory === undefined ? named.nearly : named.exactly;
    const outcome: Outcome = candidates.length === 0 ? 'nothing_to_forget' : 'ambiguous';
    return { ...answer, candidates, outcome };
  },
  // The words of a quote may be those of what is gone.
  asked: (_, { outcome, memory, candidates }) => ({
    kind: 'forget',
    words: null,
    count: memory === null ? 0 : 1,
    given: [...(memory === null || outcome === 'erased' ? [] : [memory.id]), ...candidates.map(({ id }) => id)],
  }),
  text: ({ outcome, memory, candidates }) => {
    const named = memory === null ? '' : `: ${memoryLine(memory)}`;
    switch (outcome) {
      case 'set_aside':
        return `Set aside; the user can bring it back on their Memories page${named}`;
      case 'erased':
        return `Erased for good${named}`;
      case 'already_forgotten':
        return 'It was forgotten already. Nothing was changed.';
      case 'nothing_to_forget':
        return 'Nothing is remembered in these words: it was forgotten already, or never kept. Nothing was changed.';
      case 'ambiguous':
        return [
          'Nothing was forgotten: no single memory has exactly these words. Ask the user which is meant:',
          ...candidates.map(memoryLine),
        ].join('\n');
    }
  },
});

type Forgotten = { readonly outcome: Outcome; readonly memory: ToldMemory | null };

/** @throws AppError `not_found` for an id nobody has or had, and for one that is kept out */
async function forgetOne(world: ToolWorld, id: MemoryId, erase: boolean): Promise<Forgotten> {
  const params = { id };
  const memory = await memoryById(world, id).catch((error: unknown) => {
    if (erase && error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  });
  if (erase) {
    // An erasure that comes again is answered with the receipt of the first.
    await world.handlers.forgetMemory(writeCall(world, 'forgetMemory', { params, query: {}, body: undefined }));
    return { outcome: memory === null ? 'already_forgotten' : 'erased', memory };
  }
  // What it said is not repeated: its person may have put it away themselves.
  if (memory?.state === 'archived') return { outcome: 'already_forgotten', memory: null };
  const body = { state: 'archived' as const };
  const set = await world.handlers.changeMemory(writeCall(world, 'changeMemory', { params, query: {}, body }));
  return { outcome: 'set_aside', memory: toldMemory(set) };
}

/** Memories whose words these are; where none is, those that hold them or some of them. */
async function meant(
  world: ToolWorld,
  quote: string,
): Promise<{ readonly exactly: ToldMemory[]; readonly nearly: ToldMemory[] }> {
  const exactly = await memoriesSaying(world, { exactly: quote });
  if (exactly.length > 0) return { exactly, nearly: [] };
  const saying = await memoriesSaying(world, { says: quote });
  return { exactly, nearly: saying.length > 0 ? saying : await memoriesLike(world, quote) };
}
