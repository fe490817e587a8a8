/**
 * What an engine asks its gateway to have a service do, and what comes of it. The gateway sends it only to what the owner of the
 * space agreed to, for that purpose: it knows that by a hash. Types of two pipes; no client sees them.
 */
import { z } from 'zod';
import { UpstreamName } from './live.ts';
import { ChatForm, ModelAddress, ModelPurpose } from './model-services.ts';

/** Texts to be embedded. */
export const EmbedAsk = z.strictObject({
  service: UpstreamName,
  address: ModelAddress,
  texts: z.array(z.string()).min(1).max(256),
});
export type EmbedAsk = z.infer<typeof EmbedAsk>;

/** JSON of all texts of one request: it travels as one line, and a line is at most 64 KiB. */
export const askLength = 56 * 1024;

/** Nothing came of it. */
const refused = z.strictObject({
  ok: z.literal(false),
  code: z.string(),
  detail: z.string(),
  retryAfterSeconds: z.int().min(0).nullable(),
});
export type ModelRefusal = z.infer<typeof refused>;

export const EmbedAnswer = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    dimensions: z.int().min(1),
    /** base64 of little-endian 32-bit floats, one vector after the other. */
    vectors: z.string(),
    /** Null where the service does not say. */
    tokens: z.int().min(0).nullable(),
  }),
  refused,
]);
export type EmbedAnswer = z.infer<typeof EmbedAnswer>;

/** One question to a model that answers, and the shape its answer is to have. */
export const ChatAsk = z.strictObject({
  service: UpstreamName,
  purpose: ModelPurpose.exclude(['embed']),
  address: ModelAddress,
  form: ChatForm,
  /** What it is to do, and what it is to do it with: JSON of both together is at most {@link askLength}. */
  system: z.string(),
  user: z.string(),
  /** JSON Schema of the answer. */
  schema: z.record(z.string(), z.unknown()),
  /** Tokens of the answer at most. */
  mostTokens: z.int().min(1).max(32_000),
});
export type ChatAsk = z.infer<typeof ChatAsk>;

/** Characters of an answer that are handed on; what is longer is none. */
export const longestChatAnswer = 200_000;

export const ChatAnswer = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    text: z.string().max(longestChatAnswer),
    /** Null where the service does not say. */
    tokens: z.strictObject({ input: z.int().min(0), output: z.int().min(0) }).nullable(),
  }),
  refused,
]);
export type ChatAnswer = z.infer<typeof ChatAnswer>;
