/** The context a message needs, compiled inside a budget; told layer by layer to a client that asks to hear. */
import { AsOf } from '@vivim/contract/as-of';
import {
  type Bundle,
  type BundleCitation,
  BundleOmission,
  citedBeside,
  citedFor,
  layerTitles,
} from '@vivim/contract/context';
import type { ContextEvent } from '@vivim/contract/context-events';
import { AppError } from '@vivim/contract/errors';
import { AssemblyId, ConversationId, MemoryId } from '@vivim/contract/ids';
import { budgetLimits, Depth, RecipeName } from '@vivim/contract/recipe';
import { z } from 'zod';
import { Citation, citing, conversationLine, messagePages, messagePagesAt, pagesLine } from '../citation.ts';
import { defineTool, readCall, reading, type ToolWorld } from '../tool.ts';

const input = z.strictObject({
  message: z.string().trim().min(1).max(100_000).describe('The user’s message, as they wrote it.'),
  budget: z
    .int()
    .min(budgetLimits.min)
    .max(budgetLimits.max)
    .default(4_000)
    .describe('Tokens the text may take, without the list of its sources. Never exceeded.'),
  depth: Depth.default('standard').describe('How widely to look.'),
  recipe: RecipeName.optional().describe(
    'Named settings of the user; the prompts of this server are named after them.',
  ),
  conversationId: ConversationId.optional().describe('A stored conversation this message continues.'),
  asOf: AsOf.optional().describe('The context as it would have been then: what was said and held by this date.'),
  liveOnly: z.boolean().optional().describe('Leave out what only says something that no longer holds.'),
});

const Cited = z.strictObject({
  ref: z.string().describe('The mark in the text.'),
  ...Citation.partial().shape,
  memory: z.string().optional().describe('Of a memory that stands on no message: where it comes from.'),
  memoryId: MemoryId.optional().describe('Of a memory, for forget and for what remember replaces.'),
});
type Cited = z.infer<typeof Cited>;

export const getContext = defineTool({
  title: 'Get context for a message',
  description:
    'Compile what is worth knowing before answering a message of the user: who they are, their preferences, the topics and people it touches, and the passages of their history that matter, inside a token budget. The text marks each statement like [1]; the citations say where it comes from. Call it first when an answer may depend on the user’s past.',
  annotations: reading,
  input,
  output: z.strictObject({
    id: AssemblyId.describe('Of the record of it: the user sees there why each line was given.'),
    text: z.string(),
    tokens: z.int(),
    tokenizer: z.string(),
    citations: z.array(Cited),
    messagePages,
    omitted: z
      .array(z.strictObject({ reason: BundleOmission.shape.reason, count: z.int() }))
      .describe('How much was left out, and why: for want of "budget", ask again with a larger one.'),
  }),
  async run({ message, recipe, conversationId, asOf, liveOnly, ...rest }, world) {
    const bundle = await compiled(world, {
      query: message,
      ...rest,
      format: 'markdown',
      ...(recipe === undefined ? {} : { recipe }),
      ...(conversationId === undefined ? {} : { conversationId }),
      ...(asOf === undefined ? {} : { asOf }),
      ...(liveOnly === undefined ? {} : { liveOnly }),
    });
    return {
      id: bundle.id,
      text: bundle.text,
      tokens: bundle.tokens,
      tokenizer: bundle.tokenizer,
      citations: bundle.citations.map((cited) => ({
        ref: cited.ref,
        ...sourceOf(cited),
      })),
      messagePages: messagePagesAt(world.origin),
      omitted: countedOmissions(bundle),
    };
  },
  asked: () => null,
  // Apart, because the budget is that of the first.
  text: ({ text, citations, messagePages: pages }) =>
    citations.length === 0 ? text : [text, sourcesText(citations, pages)],
});

/** Of what its person keeps out not even how much there is: they chose not to tell it. */
function countedOmissions({ omitted }: Bundle) {
  const told = omitted.filter(({ reason }) => reason !== 'excluded' && reason !== 'empty');
  return [...Map.groupBy(told, ({ reason }) => reason)].map(([reason, all]) => ({
    reason,
    count: all.reduce((sum, { count = 1 }) => sum + count, 0),
  }));
}

type Body = Parameters<ToolWorld['handlers']['createContext']>[0]['body'];

/** @throws AppError what asking for a context throws */
export async function compiled(world: ToolWorld, body: Body): Promise<Bundle> {
  const call = readCall(world, { params: {}, query: {}, body });
  if (world.tell === null) return world.handlers.createContext(call);
  let asked = 0;
  let done = 0;
  for await (const event of await world.handlers.streamContext(call)) {
    if (event.type === 'bundle') return event.bundle;
    if (event.type === 'problem') throw new AppError(event.problem.code, event.problem.detail);
    if (event.type === 'plan') asked = event.layers.filter((layer) => layer.asked).length;
    done += 1;
    // The plan and what was found are steps too, and the bundle is the last.
    await world.tell(done, asked + 3, wordsOf(event));
  }
  throw new AppError('internal');
}

function wordsOf(event: Exclude<ContextEvent, { type: 'bundle' | 'problem' }>): string {
  if (event.type === 'plan') {
    const titles = event.layers.filter(({ asked }) => asked).map(({ layer }) => layerTitles[layer]);
    return `Looking for: ${titles.join(', ')}`;
  }
  if (event.type === 'found') return `Passages that bear on it: ${event.passages}`;
  return `${layerTitles[event.layer]}: ${event.lines.length} lines, ${event.used} tokens`;
}

function sourceOf(cited: BundleCitation): Omit<Cited, 'ref'> {
  const memory = citedFor(cited);
  const named = memory === null ? {} : { memoryId: memory.id };
  if (cited.conversation === null) return { memory: citedBeside(cited) ?? '', ...named };
  const { message, conversation, at } = cited;
  return { ...citing(message.id, conversation.title, at), ...named };
}

/** Each conversation and each message once, with the marks of what stands in it: ids and titles would be said again and again. */
function sourcesText(sources: readonly Cited[], pages: string | null): string {
  const places = Map.groupBy(sources, ({ memory, title = null, day = null }) =>
    memory === undefined ? conversationLine({ title, day }) : memory,
  );
  const lines = [...places].map(([place, all]) => `${place}: ${[...Map.groupBy(all, idsOf)].map(marked).join(', ')}`);
  return ['Where it comes from (m_… a message, k_… a memory):', ...lines, ...pagesLine(pages)].join('\n');
}

const idsOf = ({ messageId, memoryId }: Cited): string =>
  [messageId, memoryId].flatMap((id) => (id === undefined ? [] : ` ${id}`)).join('');

const marked = ([ids, cited]: readonly [string, readonly Cited[]]): string =>
  `${cited.map(({ ref }) => `[${ref}]`).join('')}${ids}`;
