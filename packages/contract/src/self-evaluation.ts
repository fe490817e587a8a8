/**
 * How often search finds the right conversation of one's own history: questions made of titles and first messages. Holds counts and
 * ids, never what was asked.
 */
import { z } from 'zod';
import { Arm } from './arms.ts';
import { ConversationId } from './ids.ts';

export const selfEvaluationLimits = { conversations: { least: 10, most: 2_000, usual: 300 } } as const;
const { conversations } = selfEvaluationLimits;

/** With fewer questions than this a figure says more about chance than about search. */
export const fewQuestions = 30;

export const StartSelfEvaluation = z.strictObject({
  /** Conversations that are asked for; chosen by their ids, which say nothing of them: the same ones each time. */
  conversations: z.int().min(conversations.least).max(conversations.most).default(conversations.usual),
  /** Arms of retrieval left out: what each is worth is seen by its absence. */
  without: z.array(Arm).max(8).default([]),
});
export type StartSelfEvaluation = z.infer<typeof StartSelfEvaluation>;

export const selfQuestionKinds = ['title', 'first_message'] as const;
export const SelfQuestionKind = z.enum(selfQuestionKinds);
export type SelfQuestionKind = z.infer<typeof SelfQuestionKind>;

/** A mean with the 95 % interval of it, by bootstrap over the questions. 0–1. */
export const Estimate = z.strictObject({
  /** Over all questions. */
  mean: z.number(),
  /** Lower end of the 95 % interval. */
  low: z.number(),
  /** Upper end of the 95 % interval. */
  high: z.number(),
});
export type Estimate = z.infer<typeof Estimate>;

/** Figures over some of the questions. R@k: how often the right conversation is among the first k found; MRR: the mean of 1/rank. */
export const SelfFigures = z.strictObject({
  /** How many the figures are over. */
  questions: z.int(),

  /** How often the right conversation is found first. */
  r1: Estimate,

  /** How often it is among the first five. */
  r5: Estimate,

  /** How often it is among the first ten. */
  r10: Estimate,

  /** The mean of 1 divided by its rank; 0 where it is not among those looked at. */
  mrr: Estimate,

  /** So few questions that the figures say more about chance than about search. */
  tooFew: z.boolean(),
});
export type SelfFigures = z.infer<typeof SelfFigures>;

export const selfGroupings = ['kind', 'source', 'age', 'language'] as const;
export type SelfGrouping = (typeof selfGroupings)[number];

/** By the value they have in common. */
const figures = z.record(z.string(), SelfFigures);

export const SelfEvaluation = z.strictObject({
  /** `none`: none was begun since the engine last woke up. */
  state: z.enum(['none', 'running', 'done', 'cancelled', 'failed']),
  startedAt: z.string().nullable(),
  without: z.array(Arm),
  /** Conversations looked at so far, and how many will be. */
  progress: z.strictObject({
    /** Looked at so far. */
    done: z.int(),
    /** Looked at in the end. */
    of: z.int(),
  }),
  /** Questions asked so far. */
  asked: z.int(),
  /** Conversations no question was made of, by why. */
  left: z.strictObject({
    /** Nothing is left to find once its first message is held out. */
    short: z.int(),
    /** Nobody gave it a title that says something, and its first message says too little. */
    wordless: z.int(),
    /** Others have the same title or begin with the same words: no one of them is the right one. */
    ambiguous: z.int(),
  }),
  /** Of the questions whose vector did not come in time; words answered them alone. */
  wordsAlone: z.int(),
  /** Null until the first question was asked. */
  all: SelfFigures.nullable(),
  /** The same by kind of question, by source, age and language of the conversation. */
  by: z.strictObject({
    /** Of what the question was made. */
    kind: figures,
    /** Where the conversation is from. */
    source: figures,
    /** How old the conversation is, in words: `under a year`. */
    age: figures,
    /** What the conversation is written in: BCP 47. */
    language: figures,
  }),
  /** The first of the conversations that were not among the first ten. */
  missed: z.array(z.strictObject({ conversationId: ConversationId, kind: SelfQuestionKind })),
});
export type SelfEvaluation = z.infer<typeof SelfEvaluation>;
