/**
 * What a model answered, read as proposals. Pure. JSON is looked for where a model puts words, thoughts or a fence around it; what
 * has not the shape that was asked for is counted and left out.
 */
import { memoryLimits } from '@vivim/contract/memory';
import { z } from 'zod';
import { mostProposals, proposedKinds, proposedSubjects } from './model-question.ts';

const maybe = z.string().trim().max(memoryLimits.text).nullish();
const Proposal = z.object({
  line: z.union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,6}$/)
      .transform(Number),
  ]),
  quote: z.string().max(memoryLimits.text),
  kind: z.enum(proposedKinds),
  text: z.string().trim().min(1).max(memoryLimits.text),
  about: z.enum(proposedSubjects).nullish().catch(null),
  value: maybe.catch(null),
  from: maybe.catch(null),
  until: maybe.catch(null),
  over: z.boolean().nullish().catch(null),
  confidence: z.number().min(0).max(1),
});
export type Proposal = z.infer<typeof Proposal>;

export interface Proposals {
  readonly proposals: readonly Proposal[];
  /** Entries that are none, and those past the most. */
  readonly malformed: number;
}

/** @returns null where there is no JSON of the shape in it at all */
export function readProposals(answer: string): Proposals | null {
  const value = jsonIn(answer.replace(/<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/giu, ''));
  const list = Array.isArray(value) ? value : (value as { memories?: unknown } | undefined)?.memories;
  if (!Array.isArray(list)) return null;
  const proposals = list.slice(0, mostProposals).flatMap((one) => {
    const read = Proposal.safeParse(one);
    return read.success ? [read.data] : [];
  });
  return { proposals, malformed: list.length - proposals.length };
}

/** The whole of it, or from its first bracket to its last. */
function jsonIn(text: string): unknown {
  const whole = text.trim();
  for (const [open, close] of [
    ['', ''],
    ['{', '}'],
    ['[', ']'],
  ] as const) {
    const start = open === '' ? 0 : whole.indexOf(open);
    const end = close === '' ? whole.length : whole.lastIndexOf(close) + 1;
    if (start < 0 || end <= start) continue;
    try {
      const value: unknown = JSON.parse(whole.slice(start, end));
      if (typeof value === 'object' && value !== null) return value;
    } catch {
      // The next bracket may hold it.
    }
  }
  return undefined;
}
