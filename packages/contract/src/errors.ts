/**
 * Every way VIVIM says no. A closed list of stable codes, one error class, one wire shape (RFC 9457).
 * Never carries a stack, SQL, a path of the server, or a word about another person.
 */
import { z } from 'zod';

export const errorCodes = [
  'request_invalid',
  'query_invalid',
  'path_invalid',
  'cursor_invalid',
  'range_invalid',
  'user_id_not_allowed',
  'token_in_query',
  'invalid_grant',
  'budget_too_small',
  'auth_required',
  'token_invalid',
  'session_expired',
  'session_revoked',
  'challenge_unknown',
  'signature_invalid',
  'key_not_authorized',
  'dpop_required',
  'dpop_invalid',
  'dpop_replay',
  'dpop_key_mismatch',
  'stepup_required',
  'ticket_invalid',
  'insufficient_scope',
  'csrf_rejected',
  'host_not_allowed',
  'recovery_frozen',
  'account_locked',
  'account_deleting',
  'not_found',
  'method_not_allowed',
  'key_in_use',
  'key_log_conflict',
  'last_key',
  'recovery_pending',
  'version_conflict',
  'idempotency_conflict',
  'import_not_active',
  'space_busy',
  'space_sealed',
  'space_key_wrong',
  'request_too_large',
  'import_too_large',
  'import_empty',
  'import_incomplete',
  'import_format_unknown',
  'import_path_invalid',
  'import_archive_invalid',
  'import_json_invalid',
  'import_unreadable',
  'import_schema_untrusted',
  'did_malformed',
  'did_not_canonical',
  'did_key_type_unsupported',
  'did_key_not_signing',
  'did_web_host_invalid',
  'did_resolution_failed',
  'jwk_private',
  'key_invalid',
  'key_log_invalid',
  'rate_limited',
  'internal',
  'engine_unavailable',
  'models_unavailable',
  'storage_integrity',
  'storage_missing',
  'storage_owner_mismatch',
  'schema_too_new',
  'migration_failed',
  'engine_timeout',
  'backup_missing',
  'backup_unavailable',
  'quota_exceeded',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** One line a person can act on for each code; `detail` of an answer says what was wrong in this case. */
export const errorTitles = {
  request_invalid: 'The request does not have the shape this route takes.',
  query_invalid: 'The search text cannot be understood.',
  path_invalid: 'The name or path is not allowed.',
  cursor_invalid: 'The cursor is not one this list handed out; start again without it.',
  range_invalid: 'The file has no such range of bytes.',
  user_id_not_allowed: 'Who you are comes from your session alone; leave out ids of users.',
  token_in_query: 'A token in an address ends up in logs; send it in the Authorization header.',
  invalid_grant: 'The refresh token is not valid any more; sign in again.',
  budget_too_small: 'The budget cannot hold the message itself; ask for more tokens.',
  auth_required: 'Sign in first.',
  token_invalid: 'The token or cookie is not valid; sign in again.',
  session_expired: 'The session has ended; sign in again.',
  session_revoked: 'The session was ended; sign in again.',
  challenge_unknown: 'The challenge is unknown, used or older than two minutes; ask for a new one.',
  signature_invalid: 'The signature does not fit the challenge and the key.',
  key_not_authorized: 'This key may not sign in here; register it first.',
  dpop_required: 'This token must come with a DPoP proof.',
  dpop_invalid: 'The DPoP proof is not valid for this request.',
  dpop_replay: 'The DPoP proof was used before; make a new one for every request.',
  dpop_key_mismatch: 'The DPoP proof was made with another key than the token was bound to.',
  stepup_required: 'This needs a fresh signature: sign again with your key, then repeat it within five minutes.',
  ticket_invalid: 'The ticket is not valid for this engine.',
  insufficient_scope: 'The session may not do this.',
  csrf_rejected: 'The request did not come from a page of this server.',
  host_not_allowed: 'The server does not answer under this host name.',
  recovery_frozen:
    'Your account was recovered less than three days ago; until then nothing is deleted, exported or widened.',
  account_locked: 'This account is locked; its recovery key or the operator can unlock it.',
  account_deleting: 'This account is about to be erased; cancel the deletion to use it again.',
  not_found: 'There is nothing here under this id.',
  method_not_allowed: 'The route does not take this method.',
  key_in_use: 'The key belongs to an identity already; log in with it instead.',
  key_log_conflict: 'The key log has moved on; read it again and sign anew.',
  last_key: 'This is the last key that signs in; add another one first.',
  recovery_pending: 'The waiting time of this recovery is not over.',
  version_conflict: 'The space has not reached the version asked for; try again shortly.',
  idempotency_conflict: 'This Idempotency-Key was used with another request; use a new one.',
  import_not_active: 'The import has ended already.',
  space_busy: 'The space is in use; try again when what is under way has ended.',
  space_sealed: 'Your space is sealed; unlock it with a device, a passkey or the recovery key.',
  space_key_wrong: 'This is not the key of your space; nothing was changed.',
  request_too_large: 'The request is larger than this route takes.',
  import_too_large: 'The file is larger than the limit named in the detail.',
  import_empty: 'The file is empty.',
  import_incomplete: 'The upload ended before the file was complete; send it again.',
  import_format_unknown: 'The file is not an export VIVIM can read.',
  import_path_invalid: 'The archive holds a name that leads out of it.',
  import_archive_invalid: 'The archive cannot be read.',
  import_json_invalid: 'The file is not valid JSON.',
  import_unreadable: 'The import stopped at the same place of the file again and again.',
  import_schema_untrusted:
    'The database is not one VIVIM made for this space, or it was changed or damaged; nothing of it was kept.',
  did_malformed: 'The DID is malformed.',
  did_not_canonical: 'The DID is not in its canonical spelling.',
  did_key_type_unsupported: 'Keys of this type cannot sign in here.',
  did_key_not_signing: 'This key cannot sign.',
  did_web_host_invalid: 'A did:web must name a public host.',
  did_resolution_failed: 'The document of the DID could not be read.',
  jwk_private: 'This DID holds a private key; never use that key again, and send public keys only.',
  key_invalid: 'The key is not a safe public key.',
  key_log_invalid: 'The entry does not follow from your key log.',
  rate_limited: 'Too many requests; wait as Retry-After says.',
  internal: 'Something went wrong on the server; the trace id helps its operator find it.',
  engine_unavailable: 'Your engine is not available right now; try again shortly.',
  models_unavailable: 'The models process is not available right now.',
  storage_integrity: 'Your database cannot be opened safely; nothing was changed.',
  storage_missing: 'The file of your space is not there. Ask the operator to put a backup back.',
  storage_owner_mismatch: 'The database in this place belongs to another space; nothing was served.',
  schema_too_new: 'Your database was written by a newer VIVIM; upgrade the server.',
  migration_failed: 'Your database could not be brought to this version; nothing was changed.',
  engine_timeout: 'The request took too long and was stopped.',
  backup_missing: 'There is no such backup.',
  backup_unavailable: 'The place of backups cannot be reached.',
  quota_exceeded: 'Your space is full; free some or ask for more.',
} as const satisfies Record<ErrorCode, string>;

/** The HTTP status of each code, the same at every HTTP edge. A new code does not compile until it is answered here. */
export const errorStatus = {
  request_invalid: 400,
  query_invalid: 400,
  path_invalid: 400,
  cursor_invalid: 400,
  range_invalid: 416,
  user_id_not_allowed: 400,
  token_in_query: 400,
  invalid_grant: 400,
  budget_too_small: 400,
  auth_required: 401,
  token_invalid: 401,
  session_expired: 401,
  session_revoked: 401,
  challenge_unknown: 401,
  signature_invalid: 401,
  key_not_authorized: 401,
  dpop_required: 401,
  dpop_invalid: 401,
  dpop_replay: 401,
  dpop_key_mismatch: 401,
  stepup_required: 401,
  ticket_invalid: 401,
  insufficient_scope: 403,
  csrf_rejected: 403,
  host_not_allowed: 403,
  recovery_frozen: 403,
  account_locked: 403,
  account_deleting: 403,
  not_found: 404,
  method_not_allowed: 405,
  key_in_use: 409,
  key_log_conflict: 409,
  last_key: 409,
  recovery_pending: 409,
  version_conflict: 409,
  idempotency_conflict: 409,
  import_not_active: 409,
  space_busy: 409,
  space_sealed: 423,
  space_key_wrong: 422,
  request_too_large: 413,
  import_too_large: 413,
  import_empty: 422,
  import_incomplete: 422,
  import_format_unknown: 422,
  import_path_invalid: 422,
  import_archive_invalid: 422,
  import_json_invalid: 422,
  import_unreadable: 422,
  import_schema_untrusted: 422,
  did_malformed: 422,
  did_not_canonical: 422,
  did_key_type_unsupported: 422,
  did_key_not_signing: 422,
  did_web_host_invalid: 422,
  did_resolution_failed: 422,
  jwk_private: 422,
  key_invalid: 422,
  key_log_invalid: 422,
  rate_limited: 429,
  internal: 500,
  engine_unavailable: 503,
  models_unavailable: 503,
  storage_integrity: 503,
  storage_missing: 503,
  storage_owner_mismatch: 503,
  schema_too_new: 503,
  migration_failed: 503,
  engine_timeout: 504,
  backup_missing: 404,
  backup_unavailable: 503,
  quota_exceeded: 507,
} as const satisfies Record<ErrorCode, number>;

/** RFC 9457 problem details, the body of every error answer (`application/problem+json`). */
export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(errorCodes),
  detail: z.string().optional(),
  traceId: z.string().optional(),
  /** Where in the request: a dotted path of the body, or the name of a parameter. */
  field: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

/** What the caller will not branch on is thrown as this; what it must branch on is returned as a union. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** Of an answer received: what its server's operator can look for. */
  readonly traceId: string | undefined;

  /** @param detail what was wrong in this case and what to do; shown to the person, so no internals */
  constructor(
    code: ErrorCode,
    detail?: string,
    options: { field?: string; retryAfterSeconds?: number; traceId?: string; cause?: unknown } = {},
  ) {
    super(detail ?? errorTitles[code], options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.field = options.field;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.traceId = options.traceId;
  }
}

/**
 * The wire shape of an error. Anything that is not an {@link AppError} becomes `internal` without its message.
 * `not_found` carries no detail, so that a foreign id and an unknown one answer with the same bytes.
 */
export function toProblem(error: unknown, traceId?: string): Problem {
  const known = error instanceof AppError ? error : new AppError('internal');
  const silent = known.code === 'not_found' || known.code === 'internal';
  const title = errorTitles[known.code];
  return {
    type: `https://vivim.dev/problems/${known.code}`,
    title,
    status: errorStatus[known.code],
    code: known.code,
    ...(silent || known.message === title ? {} : { detail: known.message }),
    ...(known.field === undefined ? {} : { field: known.field }),
    ...(traceId === undefined || known.code === 'not_found' ? {} : { traceId }),
  };
}
