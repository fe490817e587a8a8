/** Documents a model wrote in a conversation (artifacts, canvas), with every version of them. */
import { z } from 'zod';
import { MessageId } from './ids.ts';

export const ArtifactVersion = z.strictObject({
  /** From 1, in reading order over all branches. */
  version: z.int(),
  op: z.enum(['create', 'update', 'rewrite']),
  messageId: MessageId,
  title: z.string().nullable(),
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
  title: z.string().nullable(),
  mime: z.string().nullable(),
  language: z.string().nullable(),
  versions: z.array(ArtifactVersion),
});
export type Artifact = z.infer<typeof Artifact>;
