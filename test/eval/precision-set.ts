/**
 * PrecisionMemBench (github.com/tenurehq/precisionMemBench, MIT): 35 memories of two people, 77 messages and 12 turns of sessions, each
 * with the memories that must come, and must not, in each of four places. It lies outside the project and is read where it is.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export const Belief = z.object({
  _id: z.string(),
  user_id: z.string(),
  type: z.enum([
    'preference',
    'decision',
    'entity',
    'open_question',
    'relation',
    'fact',
    'goal',
    'event',
    'instruction',
  ]),
  canonical_name: z.string(),
  aliases: z.array(z.string()),
  content: z.string(),
  scope: z.array(z.string()),
  epistemic_status: z.string(),
  pinned: z.boolean(),
  resolved_at: z.string().nullish(),
  superseded_by: z.string().nullish(),
  participants: z.array(z.string()).optional(),
  last_reinforced_at: z.string().optional(),
});
export type Belief = z.infer<typeof Belief>;

const ids = z.array(z.string()).optional();
const Some = z.object({ mustInclude: ids, mustExclude: ids }).optional();
const Expectation = z.object({
  personaPrelude: z
    .object({
      nonEmpty: z.boolean().optional(),
      isNull: z.boolean().optional(),
      contains: ids,
      mustNotContain: ids,
    })
    .optional(),
  pinnedFacts: Some,
  relevantBeliefs: z
    .object({
      mustInclude: ids,
      mustExclude: ids,
      shouldInclude: ids,
      shouldOnlyInclude: ids,
      orderedBefore: z.array(z.tuple([z.string(), z.string()])).optional(),
      maxCount: z.number().optional(),
      minCount: z.number().optional(),
    })
    .optional(),
  openQuestions: Some,
  noiseCheck: z.object({ mustNotSurface: z.array(z.string()) }).optional(),
});
export type Expectation = z.infer<typeof Expectation>;

const Case = z.object({
  caseId: z.string(),
  category: z.string(),
  userId: z.string().optional(),
  scope: z.array(z.string()),
  query: z.string(),
  budget: z.object({ maxBeliefs: z.number().optional() }).optional(),
  expect: Expectation,
});
export type Case = z.infer<typeof Case>;

const Turn = z.object({
  turnIndex: z.number(),
  scope: z.array(z.string()),
  userMessage: z.string(),
  createBeliefAtTurn: Belief.optional(),
  updateBeliefAtTurn: z.object({ beliefId: z.string(), addAliases: ids }).optional(),
  expect: Expectation,
});
export type Turn = z.infer<typeof Turn>;
const Session = z.object({ caseId: z.string(), turns: z.array(Turn) });

export interface PrecisionSet {
  readonly beliefs: readonly Belief[];
  readonly cases: readonly Case[];
  readonly sessions: readonly z.infer<typeof Session>[];
}

const seed = 'beliefs.seed.json';

/** Whether a directory holds the set. */
export const isPrecisionSet = (directory: string): boolean => existsSync(join(directory, seed));

/** @throws Error that names the file and what it lacks */
export function readPrecisionSet(directory: string): PrecisionSet {
  const read = <T>(name: string, schema: z.ZodType<T>): T => {
    const parsed = schema.safeParse(JSON.parse(readFileSync(join(directory, name), 'utf8')));
    if (!parsed.success) throw new Error(`${name} is no part of PrecisionMemBench: ${z.prettifyError(parsed.error)}`);
    return parsed.data;
  };
  return {
    beliefs: read(seed, z.array(Belief)),
    cases: read('retrieval.cases.json', z.array(Case)),
    sessions: read('session-retrieval.cases.json', z.array(Session)),
  };
}
