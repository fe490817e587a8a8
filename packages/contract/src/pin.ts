/**
 * What a person pins: lines that stand in every context, or in those of one recipe, until they take it back. A claim of a profile is
 * pinned by the unit it stands on. A pin never makes a text longer than its budget; where it has no room, the bundle says so.
 */
import { z } from 'zod';
import { AcuId, MemoryId, PinId } from './ids.ts';
import { PageQuery } from './page.ts';
import { RecipeName } from './recipe.ts';

const into = {
  /** Only into contexts of this recipe; into every one where it is left out. */
  recipe: RecipeName.optional(),
};

export const PinSubject = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('unit'),
    /** Its id. */
    of: AcuId,
    ...into,
  }),
  z.strictObject({
    kind: z.literal('memory'),
    /** Its id. */
    of: MemoryId,
    ...into,
  }),
]);
export type PinSubject = z.infer<typeof PinSubject>;

export const pinKinds = ['unit', 'memory'] as const;
export const PinKind = z.enum(pinKinds);
export type PinKind = PinSubject['kind'];

export const Pin = z.strictObject({
  id: PinId,
  kind: PinKind,

  /** The unit or memory, by its id. */
  of: z.string(),
  /** Null: pinned into every context. */
  recipe: RecipeName.nullable(),
  /** Its first words; null where it is not here any more. */
  name: z.string().nullable(),
  at: z.string(),
});
export type Pin = z.infer<typeof Pin>;

export const PinQuery = PageQuery.extend({
  /** Only what stands in contexts of this recipe, with what stands in all. */
  recipe: RecipeName.optional(),
});

/** By whom a line of a bundle is pinned: this very request, its recipe, or for every context. */
export const PinnedBy = z.enum(['request', 'recipe', 'always']);
export type PinnedBy = z.infer<typeof PinnedBy>;
