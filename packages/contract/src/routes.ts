/**
 * The route table: every operation of the REST API, once. Gateway and engine mount it, the client is typed by it,
 * OpenAPI is printed from it. A route that is not here does not exist.
 */
import { z } from 'zod';
import { Acu } from './acu.ts';
import { Bundle, ContextRequest, StandingBundle, StandingBundleSummary, StandingKind } from './context.ts';
import { Conversation, ConversationSummary, Message, Source } from './conversation.ts';
import type { ErrorCode } from './errors.ts';
import { Health, SpaceStatus } from './health.ts';
import { Challenge, ChallengeRequest, Me, type Scope, SessionGrant, VerifyRequest } from './identity.ts';
import { AcuId, BundleId, ConversationId, EntityId, ImportId, MessageId, TopicId } from './ids.ts';
import { ImportIssue, ImportRun, UploadQuery } from './imports.ts';
import { Flag, PageQuery, page, ReadQuery } from './page.ts';
import { EntityProfile, EntitySummary, TopicProfile, TopicSummary } from './profile.ts';
import { SearchQuery, SearchResult } from './search.ts';

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `{name}` marks a path parameter. */
  readonly path: `/${string}`;
  /** The process that answers. */
  readonly owner: 'gateway' | 'engine';
  /** The noun it is listed under. */
  readonly tag: string;
  readonly summary: string;
  /** Null: open to guests. */
  readonly scope: Scope | null;
  /** A verb: takes an `Idempotency-Key`, is applied once, moves the space's version. */
  readonly write: boolean;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  /** A JSON body, the raw bytes of a file, or none. */
  readonly body: z.ZodType | 'bytes' | null;
  readonly status: 200 | 201 | 202 | 204;
  /** A JSON answer, server-sent events, or none. */
  readonly answer: z.ZodType | 'events' | null;
  /** Codes of its own, beside those any route can answer. */
  readonly errors: readonly ErrorCode[];
}

const none = z.strictObject({});
const defaults = {
  scope: 'memory:read',
  write: false,
  params: none,
  query: none,
  body: null,
  status: 200,
  errors: [],
} as const;
const engine = { ...defaults, owner: 'engine', method: 'GET', query: ReadQuery } as const;
const gateway = { ...defaults, owner: 'gateway', scope: null } as const;
const one = <T extends z.ZodType>(id: T) => z.strictObject({ id });

export const routes = {
  getHealth: {
    ...gateway,
    method: 'GET',
    path: '/v1/health',
    tag: 'health',
    summary: 'Is the server well, and how strong are its walls',
    answer: Health,
  },
  createChallenge: {
    ...gateway,
    method: 'POST',
    path: '/v1/auth/challenge',
    tag: 'identity',
    summary: 'Ask for a text to sign',
    body: ChallengeRequest,
    status: 201,
    answer: Challenge,
    errors: [
      'did_malformed',
      'did_not_canonical',
      'did_key_type_unsupported',
      'did_key_not_signing',
      'key_invalid',
      'rate_limited',
    ],
  },
  verifyChallenge: {
    ...gateway,
    method: 'POST',
    path: '/v1/auth/verify',
    tag: 'identity',
    summary: 'Hand in the signature and get a session',
    body: VerifyRequest,
    answer: SessionGrant,
    errors: [
      'challenge_unknown',
      'signature_invalid',
      'key_not_authorized',
      'key_in_use',
      'dpop_required',
      'dpop_invalid',
      'dpop_replay',
      'dpop_key_mismatch',
      'rate_limited',
    ],
  },
  endSession: {
    ...gateway,
    scope: 'account:read',
    method: 'DELETE',
    path: '/v1/sessions/current',
    tag: 'identity',
    summary: 'Sign out',
    status: 204,
    answer: null,
  },
  getMe: {
    ...gateway,
    scope: 'account:read',
    method: 'GET',
    path: '/v1/me',
    tag: 'identity',
    summary: 'Who is signed in',
    answer: Me,
  },

  getSpace: {
    ...engine,
    path: '/v1/space',
    tag: 'space',
    summary: 'The state of your space: version, counts, size, work under way',
    answer: SpaceStatus,
  },
  streamEvents: {
    ...engine,
    path: '/v1/events',
    tag: 'events',
    summary: 'What happens in your space, as it happens',
    answer: 'events',
  },

  createImport: {
    ...engine,
    scope: 'memory:write',
    write: true,
    method: 'POST',
    path: '/v1/imports',
    tag: 'imports',
    summary: 'Upload an export; it is imported as a durable job',
    query: UploadQuery,
    body: 'bytes',
    status: 202,
    answer: ImportRun,
    errors: ['import_too_large', 'import_empty', 'import_incomplete', 'quota_exceeded'],
  },
  listImports: {
    ...engine,
    path: '/v1/imports',
    tag: 'imports',
    summary: 'Imports, newest first',
    query: PageQuery,
    answer: page(ImportRun),
  },
  getImport: {
    ...engine,
    path: '/v1/imports/{id}',
    tag: 'imports',
    summary: 'One import with progress and report',
    params: one(ImportId),
    answer: ImportRun,
  },
  listImportIssues: {
    ...engine,
    path: '/v1/imports/{id}/issues',
    tag: 'imports',
    summary: 'Every skipped or degraded item, with the reason',
    params: one(ImportId),
    query: PageQuery,
    answer: page(ImportIssue),
  },
  streamImport: {
    ...engine,
    path: '/v1/imports/{id}/events',
    tag: 'imports',
    summary: 'Progress of one import until it ends',
    params: one(ImportId),
    answer: 'events',
  },
  cancelImport: {
    ...engine,
    scope: 'memory:write',
    write: true,
    method: 'POST',
    path: '/v1/imports/{id}/cancel',
    tag: 'imports',
    summary: 'Stop an import; what is in stays in',
    params: one(ImportId),
    answer: ImportRun,
    errors: ['import_not_active'],
  },

  listConversations: {
    ...engine,
    path: '/v1/conversations',
    tag: 'conversations',
    summary: 'Conversations, latest first',
    query: PageQuery.extend({ source: Source.optional(), importId: ImportId.optional() }),
    answer: page(ConversationSummary),
  },
  getConversation: {
    ...engine,
    path: '/v1/conversations/{id}',
    tag: 'conversations',
    summary: 'One conversation',
    params: one(ConversationId),
    answer: Conversation,
  },
  listMessages: {
    ...engine,
    path: '/v1/conversations/{id}/messages',
    tag: 'messages',
    summary: 'Its messages in order; all branches on request',
    params: one(ConversationId),
    query: PageQuery.extend({ branches: z.enum(['active', 'all']).default('active'), hidden: Flag.optional() }),
    answer: page(Message),
  },
  getMessage: {
    ...engine,
    path: '/v1/messages/{id}',
    tag: 'messages',
    summary: 'One message with its parts',
    params: one(MessageId),
    answer: Message,
  },
  listMessageAcus: {
    ...engine,
    path: '/v1/messages/{id}/acus',
    tag: 'acus',
    summary: 'The units of a message',
    params: one(MessageId),
    query: PageQuery,
    answer: page(Acu),
  },
  getAcu: {
    ...engine,
    path: '/v1/acus/{id}',
    tag: 'acus',
    summary: 'One unit with its span and links',
    params: one(AcuId),
    answer: Acu,
  },

  search: {
    ...engine,
    path: '/v1/search',
    tag: 'search',
    summary: 'Find what was said',
    query: SearchQuery,
    answer: SearchResult,
    errors: ['query_invalid'],
  },

  listTopics: {
    ...engine,
    path: '/v1/topics',
    tag: 'topics',
    summary: 'Topics, most important first',
    query: PageQuery,
    answer: page(TopicSummary),
  },
  getTopic: {
    ...engine,
    path: '/v1/topics/{id}',
    tag: 'topics',
    summary: 'One topic with claims and citations',
    params: one(TopicId),
    answer: TopicProfile,
  },
  listEntities: {
    ...engine,
    path: '/v1/entities',
    tag: 'entities',
    summary: 'People, places and things, most important first',
    query: PageQuery,
    answer: page(EntitySummary),
  },
  getEntity: {
    ...engine,
    path: '/v1/entities/{id}',
    tag: 'entities',
    summary: 'One entity with claims and citations',
    params: one(EntityId),
    answer: EntityProfile,
  },

  createContext: {
    ...engine,
    method: 'POST',
    path: '/v1/context',
    tag: 'context',
    summary: 'Compile the context an AI needs for a message',
    body: ContextRequest,
    answer: Bundle,
    errors: ['budget_too_small'],
  },
  listBundles: {
    ...engine,
    path: '/v1/bundles',
    tag: 'bundles',
    summary: 'Standing bundles, compiled ahead',
    query: PageQuery.extend({ kind: StandingKind.optional() }),
    answer: page(StandingBundleSummary),
  },
  getBundle: {
    ...engine,
    path: '/v1/bundles/{id}',
    tag: 'bundles',
    summary: 'One standing bundle, recompiled if what it was made from changed',
    params: one(BundleId),
    answer: StandingBundle,
  },
} as const satisfies Record<string, Route>;

export type Routes = typeof routes;
export type Operation = keyof Routes;
export type OperationOf<Owner extends Route['owner']> = {
  [K in Operation]: Routes[K]['owner'] extends Owner ? K : never;
}[Operation];

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
/** What a handler is given: every part parsed. */
export type Params<K extends Operation> = Parsed<Routes[K]['params']>;
export type Query<K extends Operation> = Parsed<Routes[K]['query']>;
export type Body<K extends Operation> = Parsed<Routes[K]['body']>;
export type Answer<K extends Operation> = Parsed<Routes[K]['answer']>;

export const operations = Object.keys(routes) as Operation[];
