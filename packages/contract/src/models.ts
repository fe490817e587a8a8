/** What engines and the models process say to each other over its socket. Stateless: text in, vectors out. */
import { z } from 'zod';

export const embedPath = '/embed';
export const modelsHealthPath = '/health';

/** The embedder that comes with the product. Another revision is another name: its vectors are not comparable. */
export const builtInEmbedder = { name: 'all-MiniLM-L6-v2-int8', dimensions: 384 } as const;

export const embedLimits = { texts: 256, characters: 8_000 } as const;

/** The answer is `texts.length * dimensions` little-endian 32-bit floats, unit-length vectors one after the other. */
export const EmbedRequest = z.strictObject({
  texts: z.array(z.string().max(embedLimits.characters)).min(1).max(embedLimits.texts),
  /** Somebody waits for it. */
  urgent: z.boolean().default(false),
});
export type EmbedRequest = z.infer<typeof EmbedRequest>;

export const ModelsHealth = z.strictObject({ embedder: z.string() });
export type ModelsHealth = z.infer<typeof ModelsHealth>;
