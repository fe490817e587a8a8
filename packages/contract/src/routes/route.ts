/** The shape of a route and the rows most routes begin as. */
import { z } from 'zod';
import type { ErrorCode } from '../errors.ts';
import type { Scope } from '../identity.ts';
import { ReadQuery } from '../page.ts';
import type { Tag } from './tags.ts';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';
  /** `{name}` marks a path parameter. */
  readonly path: `/${string}`;
  /** The process that answers. */
  readonly owner: 'gateway' | 'engine';
  /** The noun it is listed under. */
  readonly tag: Tag;
  readonly summary: string;
  /** Null: open to guests. */
  readonly scope: Scope | null;
  /** For operators of this server; anybody else is answered as by a route that is not there. */
  readonly operator: boolean;
  /** Needs a signature of the last five minutes. */
  readonly stepUp: boolean;
  /** Refused for three days after a recovery. */
  readonly freezes: boolean;
  /** A verb: takes an `Idempotency-Key`, is applied once, moves the space's version. */
  readonly write: boolean;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  /** Request headers of its own, by their names in lower case. */
  readonly headers: z.ZodObject;
  /** A JSON body, the raw bytes of a file, or none. */
  readonly body: z.ZodType | 'bytes' | null;
  readonly bodyRequired: boolean;
  /** The media type of raw bytes. */
  readonly bodyType: string;
  readonly status: 200 | 201 | 202 | 204;
  /** A JSON answer, server-sent events, the bytes of a file, headers alone, or none. */
  readonly answer: z.ZodType | 'events' | 'bytes' | 'headers' | null;
  /** Codes of its own, beside those any route can answer. */
  readonly errors: readonly ErrorCode[];
}

export const none = z.strictObject({});
export const defaults = {
  scope: 'memory:read',
  operator: false,
  stepUp: false,
  freezes: false,
  write: false,
  params: none,
  query: none,
  headers: none,
  body: null,
  bodyRequired: true,
  bodyType: 'application/octet-stream',
  status: 200,
  errors: [],
} as const;
export const engine = { ...defaults, owner: 'engine', method: 'GET', query: ReadQuery } as const;
export const gateway = { ...defaults, owner: 'gateway', scope: null } as const;
export const one = <T extends z.ZodType>(id: T) => z.strictObject({ id });
/** What belongs to the account itself: read by whom it is shown to, changed by its owner with a fresh signature. */
export const mine = { ...gateway, scope: 'account:read', tag: 'account' } as const;
export const manage = { ...gateway, scope: 'account:manage', stepUp: true, tag: 'account' } as const;
/** What operators of the server see of it: with a fresh signature of their own key, and not right after a recovery. */
export const operating = { ...manage, operator: true, freezes: true, tag: 'operator', method: 'GET' } as const;
export const uuid = one(z.uuid());
export const listed = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item) });
export const didErrors = [
  'did_malformed',
  'did_not_canonical',
  'did_key_type_unsupported',
  'did_key_not_signing',
  'did_web_host_invalid',
  'did_resolution_failed',
  'jwk_private',
  'key_invalid',
] as const;
export const proofErrors = ['challenge_unknown', 'signature_invalid', 'key_not_authorized', 'rate_limited'] as const;
export const dpopErrors = ['dpop_required', 'dpop_invalid', 'dpop_replay', 'dpop_key_mismatch'] as const;
export const keyLogErrors = ['key_log_invalid', 'key_log_conflict', 'key_in_use', 'last_key'] as const;
