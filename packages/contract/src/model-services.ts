/**
 * Services of a person's own: those that make vectors in place of the built-in embedder, and those that answer and look for
 * memories. How they are set, what of them is shown, and what left for them. A key goes in and never comes out over the API.
 */
import { z } from 'zod';
import { UpstreamName, UpstreamUrl } from './live.ts';

/**
 * `openai`: `{base}/embeddings` and `{base}/chat/completions`, as OpenAI, llama.cpp, LM Studio, vLLM and most others have them.
 * `ollama`: `{base}/api/embed` and `{base}/api/chat`.
 */
export const modelServiceKinds = ['openai', 'ollama'] as const;
export const ModelServiceKind = z.enum(modelServiceKinds);
export type ModelServiceKind = z.infer<typeof ModelServiceKind>;

/** What texts go out for: to be embedded, to have memories found in them. Each is agreed to by itself. */
export const modelPurposes = ['embed', 'memories'] as const;
export const ModelPurpose = z.enum(modelPurposes);
export type ModelPurpose = z.infer<typeof ModelPurpose>;

const ModelName = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'A model is named by up to 200 characters without spaces.');
const Key = z.string().regex(/^[\x21-\x7e]{1,1000}$/, 'A key is up to 1000 characters without spaces.');

/** The largest vector that is stored. */
export const mostDimensions = 4_096;

/**
 * How a service is asked for an answer, learnt when it was tested: with a schema the answer has to fit, and what the limit of the
 * answer is called; `plain` where it knows no schema.
 */
export const chatForms = ['schema', 'schema_max_tokens', 'plain'] as const;
export const ChatForm = z.enum(chatForms);
export type ChatForm = z.infer<typeof ChatForm>;

/** What a million tokens cost, in whatever money the person counts. */
const Price = z.strictObject({ input: z.number().min(0).max(1e6), output: z.number().min(0).max(1e6) });

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
  /** The same in a day. */
  dailyTokens: z.int().min(1).max(1_000_000_000_000).nullable().optional(),
  /** Null: nobody says. */
  price: Price.nullable().optional(),
  /** What may be spent in a month, in the money of the price; it needs one. */
  monthlyCost: z.number().min(0).max(1e9).nullable().optional(),
});
export type PutModelService = z.infer<typeof PutModelService>;

const Tally = z.strictObject({
  requests: z.int(),
  texts: z.int(),
  characters: z.int(),
  tokens: z.int(),
  /** In the money of the price; 0 where there is none. */
  cost: z.number(),
});

export const ModelService = z.strictObject({
  name: UpstreamName,
  kind: ModelServiceKind,
  baseUrl: z.string(),

  /** The model that is asked, as the service names it. */
  model: z.string(),
  /** As of an upstream. */
  keyEnding: z.string().nullable(),
  /** Of its vectors, learnt when it was tested; null before. */
  dimensions: z.int().nullable(),
  /** How it answers, learnt when it was tested; null before. */
  chatForm: ChatForm.nullable(),
  /** Since when texts may go there for a purpose; null: they may not. */
  agreedAt: z.strictObject({
    /** To be embedded, since then; ISO 8601 in UTC. */
    embed: z.string().nullable(),
    /** To have memories found in them, since then; ISO 8601 in UTC. */
    memories: z.string().nullable(),
  }),
  perMinute: z.int(),

  /** Tokens in a month (UTC) at most; null: no cap. */
  monthlyTokens: z.int().nullable(),

  /** Tokens in a day (UTC) at most; null: no cap. */
  dailyTokens: z.int().nullable(),

  /** What a million tokens cost, in whatever money its person counts; null: nobody said. */
  price: Price.nullable(),

  /** What may be spent in a month, in that money; null: no cap. */
  monthlyCost: z.number().nullable(),
  /** What went there in this month, and on this day (UTC). */
  thisMonth: Tally,

  /** What went there on this day (UTC). */
  today: Tally,
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

/** The model that looks for memories beside the rules, and what became of what it said. */
export const MemoryModel = z.strictObject({
  /** Name of a service; null: rules alone. */
  service: z.string().nullable(),
  /** Conversations with messages it has not read yet. */
  waiting: z.int(),
  /** Answers it gave, and those of them that were none. */
  answers: z.int(),

  /** Of the answers, those that were none. */
  invalid: z.int(),
  /** What it proposed. */
  proposed: z.int(),
  /** Of that, what became a memory, or evidence of one. */
  kept: z.int(),
  /** Of that, what was known from the very same words, or is not to come back. */
  known: z.int(),
  /** Of that, what quotes what the cited message does not say, or what nobody said of themselves. */
  unproven: z.int(),
  /** Of that, what is not of the shape that was asked for. */
  malformed: z.int(),
});
export type MemoryModel = z.infer<typeof MemoryModel>;

export const ModelServiceList = z.strictObject({
  items: z.array(ModelService),

  /** Who makes vectors, now and next. */
  embedder: EmbedderChoice,

  /** Who looks for memories, and what came of it. */
  memories: MemoryModel,
});
export type ModelServiceList = z.infer<typeof ModelServiceList>;

/** With the address as the person was shown it: what stands elsewhere meanwhile is not agreed to. */
export const AgreeToModel = z.strictObject({ purpose: ModelPurpose, ...address });
export type AgreeToModel = z.infer<typeof AgreeToModel>;

/** Null: the built-in embedder; for memories, rules alone. */
export const ChooseModel = z.strictObject({
  /** Its name among one's services; null takes the built-in way. */
  service: UpstreamName.nullable(),
});
export type ChooseModel = z.infer<typeof ChooseModel>;

export const TestModel = z.strictObject({ purpose: ModelPurpose.default('embed') });

export const ModelServiceTest = z.strictObject({
  ok: z.boolean(),
  /** Of its vectors, where those were tried. */
  dimensions: z.int().nullable(),
  /** How it answers, where that was tried. */
  chatForm: ChatForm.nullable(),
  /** In words, where it is not ok. */
  detail: z.string().nullable(),
});
export type ModelServiceTest = z.infer<typeof ModelServiceTest>;

/** One request that left. Never what was in it. */
export const ModelCall = z.strictObject({
  at: z.string(),

  /** Name of the service at that time. */
  service: z.string(),

  /** Host name the request went to. */
  host: z.string(),
  model: z.string(),
  purpose: ModelPurpose,
  texts: z.int(),
  characters: z.int(),
  /** As the service counted, or as estimated. */
  tokens: z.int(),
  /** By the price that was set then; null where none was. */
  cost: z.number().nullable(),
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
/** Null: it was not tried for that. */
export const ModelLearnt = z.strictObject({
  name: UpstreamName,
  ...address,
  dimensions: z.int().min(1).nullable(),
  chatForm: ChatForm.nullable(),
});
export type ModelLearnt = z.infer<typeof ModelLearnt>;
/** Null `atMs`: it is withdrawn, whatever stands there. */
export const ModelAgreed = z.strictObject({
  name: UpstreamName,
  purpose: ModelPurpose,
  seen: z.strictObject(address).nullable(),
  atMs: z.int().nullable(),
});
export type ModelAgreed = z.infer<typeof ModelAgreed>;
