/**
 * Live capture: the services a person's conversations go through on their way (upstreams), what of them was kept, and what
 * gateway and engine hand each other for it. A key goes in and never comes out over the API: its last characters do.
 */
import { z } from 'zod';

/** Which interface a service speaks. */
export const upstreamKinds = ['openai', 'anthropic'] as const;
export const UpstreamKind = z.enum(upstreamKinds);
export type UpstreamKind = z.infer<typeof UpstreamKind>;

export const UpstreamName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'Use lower case letters, digits and dashes, 40 at most.');

/** Without query, fragment or credentials. `/v1` belongs to it for OpenAI's interface, and does not for Anthropic's. */
export const UpstreamUrl = z
  .string()
  .max(500)
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    const plain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
    return plain && (url?.protocol === 'https:' || url?.protocol === 'http:');
  }, 'Write an address such as https://api.openai.com/v1, without a query or a password.')
  .transform((text) => text.replace(/\/+$/, ''));

/** What a header can carry. */
const Key = z.string().regex(/^[\x21-\x7e]{1,1000}$/, 'A key is up to 1000 characters without spaces.');

export const PutUpstream = z.strictObject({
  kind: UpstreamKind,
  baseUrl: UpstreamUrl,
  /** Left out: the key that is set stays. It has to be given again where the address changes; null for a service without one. */
  key: Key.nullable().optional(),
  /** Whether requests that name no upstream go here. The first of its kind does anyway. */
  isDefault: z.boolean().optional(),
  /** False: what goes through is not kept. */
  record: z.boolean().optional(),
});
export type PutUpstream = z.infer<typeof PutUpstream>;

export const Upstream = z.strictObject({
  name: UpstreamName,
  kind: UpstreamKind,
  baseUrl: z.string(),
  /** The last four characters of a key that is long enough for that; '' for a shorter one, null where none is set. */
  keyEnding: z.string().nullable(),

  /** Requests that name no upstream go here. */
  isDefault: z.boolean(),

  /** What goes through is kept. */
  record: z.boolean(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
});
export type Upstream = z.infer<typeof Upstream>;

/** What became of the exchanges since the space was made. */
export const LiveTally = z.strictObject({
  /** Exchanges whose turns are in the space. */
  recorded: z.int(),
  /** Of those: answers that broke off. */
  partial: z.int(),
  /** Left out because their conversation was erased. */
  withheld: z.int(),
  /** Exchanges that went through and could not be kept. */
  missed: z.int(),

  /** When that last happened, ISO 8601 in UTC; null: never. */
  lastMissedAt: z.string().nullable(),
  /** A code of the list of errors. */
  lastMissedFor: z.string().nullable(),
});
export type LiveTally = z.infer<typeof LiveTally>;

export const UpstreamList = z.strictObject({
  items: z.array(Upstream),
  /** What became of what went through. */
  live: LiveTally,
});
export type UpstreamList = z.infer<typeof UpstreamList>;

/** What a service said when it was asked for its models. */
export const UpstreamTest = z.strictObject({
  ok: z.boolean(),
  /** HTTP status; null where there was no answer. */
  status: z.int().nullable(),

  /** Names of the models it has; empty where it is not ok. */
  models: z.array(z.string()),
  /** In words, where it is not ok. */
  detail: z.string().nullable(),
});
export type UpstreamTest = z.infer<typeof UpstreamTest>;

/** Requests of gateway to engine that no client can make. */
export const liveWays = {
  upstream: '/internal/live/upstream',
  exchange: '/internal/live/exchange',
  missed: '/internal/live/missed',
} as const;

export const UpstreamAsk = z.strictObject({
  /** Null: whatever kind the named one is. */
  kind: UpstreamKind.nullable(),
  /** Null: the default of the kind. */
  name: z.string().nullable(),
});
export type UpstreamAsk = z.infer<typeof UpstreamAsk>;

/** Held by the gateway for the length of one request. */
export const UpstreamGrant = z.strictObject({
  name: UpstreamName,
  kind: UpstreamKind,
  baseUrl: z.string(),
  key: z.string().nullable(),
  record: z.boolean(),
  /** Whether the space has room for what is said. */
  room: z.boolean(),
});
export type UpstreamGrant = z.infer<typeof UpstreamGrant>;

/** `chat`: OpenAI's chat completions. `responses`: OpenAI's responses. `messages`: Anthropic's messages. */
export const liveDialects = ['chat', 'responses', 'messages'] as const;
export const LiveDialect = z.enum(liveDialects);
export type LiveDialect = z.infer<typeof LiveDialect>;

/** How an answer ended. `aborted`: its reader left. `broken`: the upstream did. `too_large`: more than is kept of one. */
export const exchangeEnds = ['whole', 'aborted', 'broken', 'too_large'] as const;
export type ExchangeEnd = (typeof exchangeEnds)[number];

export const LiveExchange = z.strictObject({
  dialect: LiveDialect,
  upstream: UpstreamName,
  /** The body that was sent, and the body that came back: JSON, or server-sent events where `streamed`. */
  request: z.string(),
  response: z.string(),
  /** HTTP status of the upstream. */
  status: z.int(),
  streamed: z.boolean(),
  end: z.enum(exchangeEnds),
  startedMs: z.int(),
  tookMs: z.int().min(0),
  /** The upstream's id of the request. */
  requestId: z.string().nullable(),
});
export type LiveExchange = z.infer<typeof LiveExchange>;

/** Exchanges that went through and could not be handed over. */
export const LiveMissed = z.strictObject({ count: z.int().min(1), reason: z.string(), atMs: z.int() });
export type LiveMissed = z.infer<typeof LiveMissed>;

/** What became of one exchange. */
export const Recording = z.strictObject({ outcome: z.enum(['added', 'updated', 'unchanged', 'erased', 'unreadable']) });
export type Recording = z.infer<typeof Recording>;

/** Headers of the proxy. `record: off` keeps one exchange out; the answer says `on`, `off` or `failed`. */
export const liveHeaders = { record: 'x-vivim-record', upstream: 'x-vivim-upstream' } as const;
