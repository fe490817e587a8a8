/**
 * Services that make vectors of a person's texts in place of the built-in embedder: how they are set, what of them is shown, what
 * left for them, and what engine and gateway say to each other for it. A key goes in and never comes out over the API.
 */
import { z } from 'zod';
import { UpstreamName, UpstreamUrl } from './live.ts';

/** `openai`: `{base}/embeddings`, as OpenAI, llama.cpp, LM Studio, vLLM and most others have it. `ollama`: `{base}/api/embed`. */
export const modelServiceKinds = ['openai', 'ollama'] as const;
export const ModelServiceKind = z.enum(modelServiceKinds);
export type ModelServiceKind = z.infer<typeof ModelServiceKind>;

/** What texts go out for. Each is agreed to by itself. */
export const modelPurposes = ['embed'] as const;
export const ModelPurpose = z.enum(modelPurposes);
export type ModelPurpose = z.infer<typeof ModelPurpose>;

const ModelName = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'A model is named by up to 200 characters without spaces.');
const Key = z.string().regex(/^[\x21-\x7e]{1,1000}$/, 'A key is up to 1000 characters without spaces.');

/** The largest vector that is stored. */
export const mostDimensions = 4_096;

/** What texts go to: it changes, and what was agreed to is over. */
const address = { kind: ModelServiceKind, baseUrl: UpstreamUrl, model: ModelName };

export const PutModelService = z.strictObject({
  ...address,
  /** Left out: the key that is set stays, as long as address and kind do; null for a service without one. */
  key: Key.nullable().optional(),
  /** Requests in a minute at most. */
  perMinute: z.int().min(1).max(600).optional(),
  /** Tokens in a month (UTC) at most; null for no cap. Where the service does not count, a third of the characters is taken. */
  monthlyTokens: z.int().min(1).max(1_000_000_000_000).nullable().optional(),
});
export type PutModelService = z.infer<typeof PutModelService>;

export const ModelService = z.strictObject({
  name: UpstreamName,
  kind: ModelServiceKind,
  baseUrl: z.string(),
  model: z.string(),
  /** As of an upstream. */
  keyEnding: z.string().nullable(),
  /** Of its vectors, learnt when it was tested; null before. */
  dimensions: z.int().nullable(),
  /** Since when texts may go there to be embedded; null: they may not. */
  embedAgreedAt: z.string().nullable(),
  perMinute: z.int(),
  monthlyTokens: z.int().nullable(),
  /** What went there in this month (UTC). */
  thisMonth: z.strictObject({ requests: z.int(), texts: z.int(), characters: z.int(), tokens: z.int() }),
  createdAt: z.string(),
});
export type ModelService = z.infer<typeof ModelService>;

/** Who makes vectors. Names of services; null is the built-in embedder. */
export const EmbedderChoice = z.strictObject({
  /** Whose vectors questions are compared with now. */
  answering: z.string().nullable(),
  /** Who was chosen: the same, or the one whose vectors are being made. */
  chosen: z.string().nullable(),
  /** Conversations that have no vectors of the chosen one yet. */
  waiting: z.int(),
});
export type EmbedderChoice = z.infer<typeof EmbedderChoice>;

export const ModelServiceList = z.strictObject({ items: z.array(ModelService), embedder: EmbedderChoice });
export type ModelServiceList = z.infer<typeof ModelServiceList>;

/** With the address as the person was shown it: what stands elsewhere meanwhile is not agreed to. */
export const AgreeToModel = z.strictObject({ purpose: ModelPurpose, ...address });
export type AgreeToModel = z.infer<typeof AgreeToModel>;

export const ChooseEmbedder = z.strictObject({ service: UpstreamName.nullable() });
export type ChooseEmbedder = z.infer<typeof ChooseEmbedder>;

export const ModelServiceTest = z.strictObject({
  ok: z.boolean(),
  dimensions: z.int().nullable(),
  /** In words, where it is not ok. */
  detail: z.string().nullable(),
});
export type ModelServiceTest = z.infer<typeof ModelServiceTest>;

/** One request that left. Never what was in it. */
export const ModelCall = z.strictObject({
  at: z.string(),
  service: z.string(),
  host: z.string(),
  model: z.string(),
  purpose: ModelPurpose,
  texts: z.int(),
  characters: z.int(),
  /** As the service counted, or as estimated. */
  tokens: z.int(),
  /** `sent`: it is under way, or was when the engine ended. `answered`; or the code of an error. */
  outcome: z.string(),
  tookMs: z.int().nullable(),
});
export type ModelCall = z.infer<typeof ModelCall>;

/** So many of the latest are kept. */
export const modelCallsKept = 10_000;

/** Requests of gateway to engine that no client can make. */
export const modelWays = {
  service: '/internal/models/service',
  learnt: '/internal/models/learnt',
  agreed: '/internal/models/agreed',
} as const;

/** A service as the gateway calls it: held for the length of one request. */
export const ModelAddress = z.strictObject({ ...address, key: z.string().nullable() });
export type ModelAddress = z.infer<typeof ModelAddress>;

export const ModelServiceAsk = z.strictObject({ name: UpstreamName });
export const ModelLearnt = z.strictObject({ name: UpstreamName, ...address, dimensions: z.int().min(1) });
export type ModelLearnt = z.infer<typeof ModelLearnt>;
/** Null `atMs`: it is withdrawn, whatever stands there. */
export const ModelAgreed = z.strictObject({
  name: UpstreamName,
  purpose: ModelPurpose,
  seen: z.strictObject(address).nullable(),
  atMs: z.int().nullable(),
});
export type ModelAgreed = z.infer<typeof ModelAgreed>;

/** What an engine asks its gateway to send. Only to what its owner agreed to: the gateway knows it by a hash. */
export const EmbedAsk = z.strictObject({
  service: UpstreamName,
  address: ModelAddress,
  texts: z.array(z.string()).min(1).max(256),
});
export type EmbedAsk = z.infer<typeof EmbedAsk>;

/** JSON of all texts of one {@link EmbedAsk}: it travels as one line, and a line is at most 64 KiB. */
export const embedAskLength = 56 * 1024;

export const EmbedAnswer = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    dimensions: z.int().min(1),
    /** base64 of little-endian 32-bit floats, one vector after the other. */
    vectors: z.string(),
    /** Null where the service does not say. */
    tokens: z.int().min(0).nullable(),
  }),
  z.strictObject({
    ok: z.literal(false),
    code: z.string(),
    detail: z.string(),
    retryAfterSeconds: z.int().min(0).nullable(),
  }),
]);
export type EmbedAnswer = z.infer<typeof EmbedAnswer>;
