/** The context a message needs, compiled inside a budget. */
import { AsOf } from '@vivim/contract/as-of';
import { type BundleCitation, BundleOmission, citedBeside } from '@vivim/contract/context';
import { ConversationId } from '@vivim/contract/ids';
import { budgetLimits, Depth } from '@vivim/contract/recipe';
import { z } from 'zod';
import { Citation } from '../citation.ts';
import { defineTool, readCall, reading } from '../tool.ts';

export const getContext = defineTool({
  title: 'Get context for a message',
  description:
    'Compile what is worth knowing before answering a message of the user: who they are, their preferences, the topics and people it touches, and the passages of their history that matter, inside a token budget. The text marks each statement like [1]; the citations say where it comes from. Call it first when an answer may depend on the user’s past.',
  annotations: reading,
  input: z.strictObject({
    message: z.string().trim().min(1).max(100_000).describe('The user’s message, as they wrote it.'),
    budget: z
      .int()
      .min(budgetLimits.min)
      .max(budgetLimits.max)
      .default(4_000)
      .describe('Tokens the text may take. Never exceeded.'),
    depth: Depth.default('standard').describe('How widely to look.'),
    conversationId: ConversationId.optional().describe('A stored conversation this message continues.'),
    asOf: AsOf.optional().describe('The context as it would have been then: what was said and held by this date.'),
    liveOnly: z.boolean().optional().describe('Leave out what only says something that no longer holds.'),
  }),
  output: z.strictObject({
    text: z.string(),
    tokens: z.int(),
    tokenizer: z.string(),
    citations: z.array(
      z.strictObject({
        ref: z.string().describe('The mark in the text.'),
        quoted: z.string(),
        citation: Citation.optional().describe('Where it was said; absent for a memory.'),
        memory: z.string().optional().describe('Where a memory comes from; absent for what was said.'),
      }),
    ),
    omitted: z.array(BundleOmission).describe('What was left out, and why.'),
  }),
  async run({ message, budget, depth, conversationId, asOf, liveOnly }, world) {
    const body = {
      query: message,
      budget,
      depth,
      format: 'markdown' as const,
      ...(conversationId === undefined ? {} : { conversationId }),
      ...(asOf === undefined ? {} : { asOf }),
      ...(liveOnly === undefined ? {} : { liveOnly }),
    };
    const bundle = await world.handlers.createContext(readCall(world, { params: {}, query: {}, body }));
    return {
      text: bundle.text,
      tokens: bundle.tokens,
      tokenizer: bundle.tokenizer,
      citations: bundle.citations.map((cited) => ({ ref: cited.ref, quoted: cited.quoted, ...sourceOf(cited) })),
      omitted: bundle.omitted,
    };
  },
  text: ({ text }) => text,
});

function sourceOf(cited: BundleCitation) {
  if (cited.conversation === null) return { memory: citedBeside(cited) ?? '' };
  const { acuId, message, conversation, at } = cited;
  return {
    citation: { conversationId: conversation.id, messageId: message.id, acuId, title: conversation.title, at },
  };
}
