/**
 * The route table: every operation of the REST API, once. Gateway and engine mount it, the client is typed by it,
 * OpenAPI is printed from it. A route that is not here does not exist.
 */
import { z } from 'zod';
import { AccountEvent, Deletion, KeyInfo, Me, UnlockRequest } from './account.ts';
import { Acu } from './acu.ts';
import { Bundle, ContextRequest, StandingBundle, StandingBundleSummary, StandingKind } from './context.ts';
import { Conversation, ConversationSummary, Message, Source } from './conversation.ts';
import {
  Device,
  DeviceApproval,
  DeviceRequest,
  DeviceRequestBody,
  DeviceRequestState,
  DeviceUpdate,
} from './devices.ts';
import type { ErrorCode } from './errors.ts';
import { Health, SpaceStatus } from './health.ts';
import { Challenge, ChallengeRequest, RefreshRequest, type Scope, SessionGrant, VerifyRequest } from './identity.ts';
import { AcuId, BundleId, ConversationId, EntityId, ImportId, MessageId, TopicId } from './ids.ts';
import { ImportIssue, ImportRun, UploadQuery } from './imports.ts';
import { KeyLog, RecoveryApproval, SignedEntry } from './key-log.ts';
import { ConsentAnswer, ConsentDecision, ConsentRequest } from './oauth.ts';
import { Flag, PageQuery, page, ReadQuery } from './page.ts';
import { Passkey, PasskeyAnswer, PasskeyLoginRequest, PasskeyOptions, PasskeyRegistration } from './passkeys.ts';
import { EntityProfile, EntitySummary, TopicProfile, TopicSummary } from './profile.ts';
import {
  RecoveryCompletion,
  RecoveryNotice,
  RecoveryRequestBody,
  RecoverySettings,
  RecoveryState,
} from './recovery.ts';
import { SpaceKeyWrap } from './sealing.ts';
import { SearchQuery, SearchResult } from './search.ts';
import { NewToken, SessionInfo, TokenRequest } from './sessions.ts';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `{name}` marks a path parameter. */
  readonly path: `/${string}`;
  /** The process that answers. */
  readonly owner: 'gateway' | 'engine';
  /** The noun it is listed under. */
  readonly tag: string;
  readonly summary: string;
  /** Null: open to guests. */
  readonly scope: Scope | null;
  /** Needs a signature of the last five minutes. */
  readonly stepUp: boolean;
  /** Refused for three days after a recovery. */
  readonly freezes: boolean;
  /** A verb: takes an `Idempotency-Key`, is applied once, moves the space's version. */
  readonly write: boolean;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  /** A JSON body, the raw bytes of a file, or none. */
  readonly body: z.ZodType | 'bytes' | null;
  readonly status: 200 | 201 | 202 | 204;
  /** A JSON answer, server-sent events, the bytes of a file, or none. */
  readonly answer: z.ZodType | 'events' | 'bytes' | null;
  /** Codes of its own, beside those any route can answer. */
  readonly errors: readonly ErrorCode[];
}

const none = z.strictObject({});
const defaults = {
  scope: 'memory:read',
  stepUp: false,
  freezes: false,
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
/** What belongs to the account itself: read by whom it is shown to, changed by its owner with a fresh signature. */
const mine = { ...gateway, scope: 'account:read', tag: 'account' } as const;
const manage = { ...gateway, scope: 'account:manage', stepUp: true, tag: 'account' } as const;
const uuid = one(z.uuid());
const listed = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item) });
const didErrors = [
  'did_malformed',
  'did_not_canonical',
  'did_key_type_unsupported',
  'did_key_not_signing',
  'key_invalid',
] as const;
const proofErrors = ['challenge_unknown', 'signature_invalid', 'key_not_authorized', 'rate_limited'] as const;
const dpopErrors = ['dpop_required', 'dpop_invalid', 'dpop_replay', 'dpop_key_mismatch'] as const;
const keyLogErrors = ['key_log_invalid', 'key_log_conflict', 'key_in_use', 'last_key'] as const;

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
    errors: [...didErrors, 'rate_limited'],
  },
  verifyChallenge: {
    ...gateway,
    method: 'POST',
    path: '/v1/auth/verify',
    tag: 'identity',
    summary: 'Hand in the signature and get a session, or a fresh signature for the session that asks',
    body: VerifyRequest,
    answer: SessionGrant,
    errors: [...proofErrors, ...dpopErrors, 'key_in_use', 'account_locked'],
  },
  refreshSession: {
    ...gateway,
    method: 'POST',
    path: '/v1/auth/refresh',
    tag: 'identity',
    summary: 'Trade a refresh token for new tokens',
    body: RefreshRequest,
    answer: SessionGrant,
    errors: ['invalid_grant', ...dpopErrors],
  },
  passkeyLoginOptions: {
    ...gateway,
    method: 'POST',
    path: '/v1/webauthn/login/options',
    tag: 'identity',
    summary: 'Ask for what a passkey is to sign',
    body: PasskeyLoginRequest,
    answer: PasskeyOptions,
    errors: ['rate_limited'],
  },
  loginWithPasskey: {
    ...gateway,
    method: 'POST',
    path: '/v1/webauthn/login/verify',
    tag: 'identity',
    summary: 'Sign in with a passkey',
    body: PasskeyAnswer,
    answer: SessionGrant,
    errors: [...proofErrors, ...dpopErrors, 'account_locked'],
  },

  getMe: { ...mine, method: 'GET', path: '/v1/me', summary: 'Who is signed in', answer: Me },
  listAccountEvents: {
    ...mine,
    method: 'GET',
    path: '/v1/account/log',
    summary: 'What happened to your account, newest first',
    query: PageQuery.omit({ minVersion: true }),
    answer: page(AccountEvent),
    errors: ['cursor_invalid'],
  },
  streamAccountEvents: {
    ...mine,
    method: 'GET',
    path: '/v1/account/events',
    summary: 'What happens to your account, as it happens',
    answer: 'events',
  },
  lockAccount: {
    ...manage,
    method: 'POST',
    path: '/v1/account/lock',
    summary: 'End everything and let nobody in until you unlock it with the recovery key',
    status: 204,
    answer: null,
    errors: ['last_key'],
  },
  unlockAccount: {
    ...gateway,
    method: 'POST',
    path: '/v1/account/unlock',
    tag: 'account',
    summary: 'Unlock with a signature of the recovery key',
    body: UnlockRequest,
    status: 204,
    answer: null,
    errors: proofErrors,
  },
  deleteAccount: {
    ...manage,
    freezes: true,
    method: 'POST',
    path: '/v1/account/deletion',
    summary: 'Have your account and your space erased after the time of grace',
    status: 202,
    answer: Deletion,
  },
  cancelDeletion: {
    ...manage,
    stepUp: false,
    method: 'DELETE',
    path: '/v1/account/deletion',
    summary: 'Keep the account after all',
    status: 204,
    answer: null,
  },

  listSessions: {
    ...mine,
    tag: 'sessions',
    method: 'GET',
    path: '/v1/sessions',
    summary: 'Every session of yours: browsers, programs, applications, tokens',
    answer: listed(SessionInfo),
  },
  endSession: {
    ...mine,
    tag: 'sessions',
    method: 'DELETE',
    path: '/v1/sessions/current',
    summary: 'Sign out',
    status: 204,
    answer: null,
  },
  revokeSession: {
    ...manage,
    stepUp: false,
    tag: 'sessions',
    method: 'DELETE',
    path: '/v1/sessions/{id}',
    summary: 'End one session',
    params: uuid,
    status: 204,
    answer: null,
    errors: ['not_found'],
  },
  endAllSessions: {
    ...manage,
    stepUp: false,
    tag: 'sessions',
    method: 'DELETE',
    path: '/v1/sessions',
    summary: 'End every session; with `keepCurrent` all but this one',
    query: z.strictObject({ keepCurrent: Flag.optional() }),
    status: 204,
    answer: null,
  },
  createToken: {
    ...manage,
    freezes: true,
    tag: 'sessions',
    method: 'POST',
    path: '/v1/tokens',
    summary: 'Make a token for a script; it is shown once',
    body: TokenRequest,
    status: 201,
    answer: NewToken,
    errors: ['rate_limited'],
  },

  listDevices: {
    ...mine,
    tag: 'devices',
    method: 'GET',
    path: '/v1/devices',
    summary: 'Your devices',
    answer: listed(Device),
  },
  updateDevice: {
    ...manage,
    stepUp: false,
    tag: 'devices',
    method: 'PATCH',
    path: '/v1/devices/{id}',
    summary: 'Rename a device',
    params: uuid,
    body: DeviceUpdate,
    answer: Device,
    errors: ['not_found'],
  },
  revokeDevice: {
    ...manage,
    tag: 'devices',
    method: 'DELETE',
    path: '/v1/devices/{id}',
    summary: 'Shut a device out: its keys, its sessions, its wrap of your key',
    params: uuid,
    body: z.strictObject({ entry: SignedEntry }),
    status: 204,
    answer: null,
    errors: ['not_found', ...keyLogErrors],
  },
  createDeviceRequest: {
    ...gateway,
    tag: 'devices',
    method: 'POST',
    path: '/v1/devices/requests',
    summary: 'Ask an account to let this device in',
    body: DeviceRequestBody,
    status: 201,
    answer: DeviceRequestState,
    errors: [...didErrors, ...proofErrors, 'key_in_use'],
  },
  getDeviceRequest: {
    ...gateway,
    tag: 'devices',
    method: 'GET',
    path: '/v1/devices/requests/{id}',
    summary: 'Has it been let in',
    params: uuid,
    answer: DeviceRequestState,
    errors: ['not_found'],
  },
  listDeviceRequests: {
    ...mine,
    tag: 'devices',
    method: 'GET',
    path: '/v1/devices/requests',
    summary: 'Devices that ask to be let in',
    answer: listed(DeviceRequest),
  },
  approveDevice: {
    ...manage,
    tag: 'devices',
    method: 'POST',
    path: '/v1/devices/requests/{id}/approval',
    summary: 'Let it in',
    params: uuid,
    body: DeviceApproval,
    answer: Device,
    errors: ['not_found', 'signature_invalid', ...keyLogErrors],
  },
  refuseDevice: {
    ...manage,
    stepUp: false,
    tag: 'devices',
    method: 'DELETE',
    path: '/v1/devices/requests/{id}',
    summary: 'Keep it out',
    params: uuid,
    status: 204,
    answer: null,
    errors: ['not_found'],
  },

  listKeys: {
    ...mine,
    tag: 'keys',
    method: 'GET',
    path: '/v1/keys',
    summary: 'The keys of your account',
    answer: listed(KeyInfo),
  },
  getKeyLog: {
    ...mine,
    tag: 'keys',
    method: 'GET',
    path: '/v1/keys/log',
    summary: 'The signed chain your keys follow from',
    answer: KeyLog,
  },
  appendKeyLog: {
    ...manage,
    tag: 'keys',
    method: 'POST',
    path: '/v1/keys/log',
    summary: 'Add or revoke keys, set the recovery, or undo what a weaker key did',
    body: z.strictObject({ entry: SignedEntry }),
    answer: KeyLog,
    errors: keyLogErrors,
  },
  listSpaceKeyWraps: {
    ...manage,
    stepUp: false,
    tag: 'keys',
    method: 'GET',
    path: '/v1/keys/wraps',
    summary: 'Your space’s key, sealed to each of your keys that can open it',
    answer: listed(SpaceKeyWrap),
  },

  passkeyRegistrationOptions: {
    ...manage,
    tag: 'passkeys',
    method: 'POST',
    path: '/v1/webauthn/register/options',
    summary: 'Ask for what a new passkey is to be made from',
    answer: PasskeyOptions,
  },
  registerPasskey: {
    ...manage,
    tag: 'passkeys',
    method: 'POST',
    path: '/v1/webauthn/register/verify',
    summary: 'Add a passkey to your keys',
    body: PasskeyRegistration,
    status: 201,
    answer: Passkey,
    errors: ['challenge_unknown', 'signature_invalid', ...keyLogErrors],
  },
  passkeyStepUpOptions: {
    ...manage,
    stepUp: false,
    tag: 'passkeys',
    method: 'POST',
    path: '/v1/webauthn/stepup/options',
    summary: 'Ask for what a passkey is to sign afresh',
    answer: PasskeyOptions,
  },
  stepUpWithPasskey: {
    ...manage,
    stepUp: false,
    tag: 'passkeys',
    method: 'POST',
    path: '/v1/webauthn/stepup/verify',
    summary: 'A fresh signature for this session, by a passkey',
    body: PasskeyAnswer,
    status: 204,
    answer: null,
    errors: ['challenge_unknown', 'signature_invalid'],
  },
  listPasskeys: {
    ...mine,
    tag: 'passkeys',
    method: 'GET',
    path: '/v1/webauthn/credentials',
    summary: 'Your passkeys',
    answer: listed(Passkey),
  },

  getRecovery: {
    ...mine,
    tag: 'recovery',
    method: 'GET',
    path: '/v1/recovery',
    summary: 'How you would get back in, and who is trying to',
    answer: RecoverySettings,
  },
  createRecoveryRequest: {
    ...gateway,
    tag: 'recovery',
    method: 'POST',
    path: '/v1/recovery/requests',
    summary: 'Ask to get back in with a new key',
    body: RecoveryRequestBody,
    status: 201,
    answer: RecoveryState,
    errors: [...didErrors, ...proofErrors, 'key_in_use'],
  },
  getRecoveryRequest: {
    ...gateway,
    tag: 'recovery',
    method: 'GET',
    path: '/v1/recovery/requests/{id}',
    summary: 'How far a recovery is',
    params: uuid,
    answer: RecoveryState,
    errors: ['not_found'],
  },
  completeRecovery: {
    ...gateway,
    tag: 'recovery',
    method: 'POST',
    path: '/v1/recovery/requests/{id}/completion',
    summary: 'Put the new key in force once the wait is over',
    params: uuid,
    body: RecoveryCompletion,
    status: 204,
    answer: null,
    errors: ['not_found', 'recovery_pending', ...keyLogErrors],
  },
  vetoRecovery: {
    ...manage,
    stepUp: false,
    tag: 'recovery',
    method: 'DELETE',
    path: '/v1/recovery/requests/{id}',
    summary: 'Stop a recovery that is not yours',
    params: uuid,
    status: 204,
    answer: null,
    errors: ['not_found'],
  },
  listGuardianRequests: {
    ...mine,
    tag: 'recovery',
    method: 'GET',
    path: '/v1/recovery/guardian-requests',
    summary: 'People you are a guardian of who ask to get back in',
    answer: listed(RecoveryNotice),
  },
  vouchForRecovery: {
    ...manage,
    tag: 'recovery',
    method: 'POST',
    path: '/v1/recovery/requests/{id}/approvals',
    summary: 'Vouch, as a guardian, that a new key is your friend’s',
    params: uuid,
    body: RecoveryApproval,
    status: 204,
    answer: null,
    errors: ['not_found', 'signature_invalid'],
  },

  getConsentRequest: {
    ...manage,
    stepUp: false,
    tag: 'applications',
    method: 'GET',
    path: '/v1/oauth/interactions/{uid}',
    summary: 'Which application asks for what',
    params: z.strictObject({ uid: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/) }),
    answer: ConsentRequest,
    errors: ['not_found'],
  },
  answerConsentRequest: {
    ...manage,
    stepUp: false,
    freezes: true,
    tag: 'applications',
    method: 'POST',
    path: '/v1/oauth/interactions/{uid}',
    summary: 'Let an application in, or not',
    params: z.strictObject({ uid: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/) }),
    body: ConsentDecision,
    answer: ConsentAnswer,
    errors: ['not_found'],
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
