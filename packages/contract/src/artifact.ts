/** Documents a model wrote in a conversation (artifacts, canvas), with every version of them. */
import { z } from 'zod';
import { MessageId } from './ids.ts';

export const ArtifactVersion = z.strictObject({
  /** From 1, in reading order over all branches. */
  version: z.int(),

  /** How the model wrote it: anew, as a change to the one before, or over it. */
  op: z.enum(['create', 'update', 'rewrite']),
  messageId: MessageId,

  /** What it was called then; null where it had no name. */
  title: z.string().nullable(),

  /** The whole document as it stood then. */
  text: z.string(),
  /** Why the text is not what was seen, or null. */
  problem: z.string().nullable(),
  /** The branch that is shown ends with it. */
  latest: z.boolean(),
});
export type ArtifactVersion = z.infer<typeof ArtifactVersion>;

export const Artifact = z.strictObject({
  /** The document's own name in its conversation. */
  key: z.string(),

  /** The newest one it has; null where it has none. */
  title: z.string().nullable(),
  mime: z.string().nullable(),
  language: z.string().nullable(),

  /** Every version, oldest first. */
  versions: z.array(ArtifactVersion),
});
export type Artifact = z.infer<typeof Artifact>;
