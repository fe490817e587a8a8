/** What the archive of a space holds of what its person decided: corrections, secrets, recipes, what stays out, pins, annotations. See `archive.ts`. */
import { z } from 'zod';
import { AnnotationKind } from './annotation.ts';
import { count, maybe, ms, text } from './archive-values.ts';
import { CorrectionAction } from './correction.ts';
import { ExclusionKind } from './exclusion.ts';
import { ConversationId, CorrectionId, MessageId, SecretId } from './ids.ts';
import { PinKind } from './pin.ts';
import { RecipeName, RecipeSettings } from './recipe.ts';
import { SecretDecision } from './secrets.ts';

/** What its person put right. `key` and `value` are keys of topics or entities. */
export const ArchivedCorrection = z.strictObject({
  id: CorrectionId,
  kind: z.enum(['topic', 'entity']),
  action: CorrectionAction,
  key: text,
  value: text,
  of: z.array(text),
  name: text,
  valueName: text,
  atMs: ms,
});
export type ArchivedCorrection = z.infer<typeof ArchivedCorrection>;

/** A secret that was found: known by hashes under the salt of the space, never by what it says. */
export const ArchivedSecret = z.strictObject({
  id: SecretId,
  mark: z.string().regex(/^secret:[\w-]{22}$/),
  label: text,
  decision: SecretDecision.nullable(),
  places: z.array(z.strictObject({ message: MessageId, part: count, start: count, end: count })),
  /** How often it stands beside the texts of a message, or in a record that is no conversation. */
  beside: z
    .array(
      z.union([
        z.strictObject({ message: MessageId, times: count }),
        z.strictObject({ slot: text, sha256: text, times: count }),
      ]),
    )
    .optional(),
});
export type ArchivedSecret = z.infer<typeof ArchivedSecret>;

/** Settings of contexts under a name. */
export const ArchivedRecipe = z.strictObject({
  name: RecipeName,
  description: text,
  settings: RecipeSettings,
  changedMs: ms,
});
export type ArchivedRecipe = z.infer<typeof ArchivedRecipe>;

/** What stays out of contexts: by an id, the name of a source, or the key of a topic or an entity. */
export const ArchivedExclusion = z.strictObject({ kind: ExclusionKind, key: text, atMs: ms });
export type ArchivedExclusion = z.infer<typeof ArchivedExclusion>;

/** What stands in contexts: a unit or a memory by its id; `recipe` empty for every one. */
export const ArchivedPin = z.strictObject({ kind: PinKind, key: text, recipe: text, atMs: ms });
export type ArchivedPin = z.infer<typeof ArchivedPin>;

/** What a person hung on a conversation or one of its messages. */
export const ArchivedAnnotation = z.strictObject({
  kind: AnnotationKind,
  conversation: ConversationId,
  message: MessageId.nullable(),
  text: maybe,
  atMs: ms,
  changedMs: ms,
});
export type ArchivedAnnotation = z.infer<typeof ArchivedAnnotation>;
