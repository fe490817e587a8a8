/** A context while it forms: what `POST /v1/context` sends, one after the other, to who asks for `text/event-stream`. */
import { z } from 'zod';
import { AssemblyLine } from './assembly.ts';
import { Bundle, LayerName, MemoryCitation, PersonaCitation, UnitCitation } from './context.ts';
import { Problem } from './problem.ts';
import { BundleFormat, RecipeName } from './recipe.ts';

/** A citation before the lines are numbered, which they are when every layer stands. */
export const FormingLine = z.union([
  UnitCitation.omit({ ref: true }),
  MemoryCitation.omit({ ref: true }),
  PersonaCitation.omit({ ref: true }),
]);
export type FormingLine = z.infer<typeof FormingLine>;

export const FormingLayer = z.strictObject({
  type: z.literal('layer'),
  layer: LayerName,

  /** Tokens the budget gave it. */
  allotted: z.int(),

  /** Tokens its lines take. */
  used: z.int(),
  reason: z.string(),
  /** Of the message and all layers so far, each line counted by itself: a little more than they take together. */
  tokens: z.int(),

  /** What stands in it, in order; not numbered yet. */
  lines: z.array(FormingLine),
});
export type FormingLayer = z.infer<typeof FormingLayer>;

export const ContextEvent = z.discriminatedUnion('type', [
  /** Which layers there will be, and why or why not. The message fits by now. */
  z.strictObject({
    type: z.literal('plan'),
    budget: z.int(),
    format: BundleFormat,
    recipe: RecipeName,
    layers: z.array(
      z.strictObject({
        layer: LayerName,
        /** Whether it will be filled. */
        asked: z.boolean(),
        why: z.string(),
      }),
    ),
  }),
  /** How many passages of the history bear on the message. */
  z.strictObject({
    type: z.literal('found'),
    /** How many were found before any was chosen. */
    passages: z.int(),
  }),
  /** Those asked for, as each is decided, which is not the order they stand in; again, whole, where it is given more of what others left. */
  FormingLayer,
  /** The last: what is answered where nobody asks for a stream. It holds where a layer said more. */
  z.strictObject({
    type: z.literal('bundle'),

    /** The whole context, as it is answered without a stream. */
    bundle: Bundle,
    /** Why each of its lines is there, as its record says. */
    given: z.array(AssemblyLine),
  }),
  /** In place of it. */
  z.strictObject({
    type: z.literal('problem'),
    /** Why there is none. */
    problem: Problem,
  }),
]);
export type ContextEvent = z.infer<typeof ContextEvent>;
