/** Exit codes by class of error: scripts branch on these, so they never change their meaning. */
import { AppError, type ErrorCode } from '@vivim/contract/errors';
import { CliError, type LocalFailure } from '../cli-error.ts';

export const exitCodes = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  notSignedIn: 3,
  notFound: 4,
  conflict: 5,
  badImport: 6,
  unavailable: 7,
  limited: 8,
  cancelled: 9,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** For `--help`. */
export const exitCodeHelp = `Exit codes:
  0  done
  1  something unexpected
  2  the command or the request is not valid
  3  not signed in, or not allowed
  4  nothing there under this id
  5  in conflict with what is there
  6  the file cannot be imported
  7  the server is not reachable, not ready or too slow
  8  rate limit or quota reached
  9  the import was cancelled from somewhere else
  130  interrupted with Ctrl-C`;

const { unexpected, usage, notSignedIn, notFound, conflict, badImport, unavailable, limited } = exitCodes;

const byCode = {
  request_invalid: usage,
  query_invalid: usage,
  path_invalid: usage,
  range_invalid: 2,
  cursor_invalid: usage,
  user_id_not_allowed: usage,
  token_in_query: usage,
  key_log_invalid: usage,
  budget_too_small: usage,
  method_not_allowed: usage,
  request_too_large: usage,
  auth_required: notSignedIn,
  token_invalid: notSignedIn,
  session_expired: notSignedIn,
  session_revoked: notSignedIn,
  challenge_unknown: notSignedIn,
  signature_invalid: notSignedIn,
  key_not_authorized: notSignedIn,
  dpop_required: notSignedIn,
  dpop_invalid: notSignedIn,
  dpop_replay: notSignedIn,
  dpop_key_mismatch: notSignedIn,
  ticket_invalid: notSignedIn,
  invalid_grant: notSignedIn,
  stepup_required: notSignedIn,
  recovery_frozen: notSignedIn,
  account_locked: notSignedIn,
  account_deleting: notSignedIn,
  insufficient_scope: notSignedIn,
  csrf_rejected: notSignedIn,
  host_not_allowed: notSignedIn,
  did_malformed: notSignedIn,
  did_not_canonical: notSignedIn,
  did_key_type_unsupported: notSignedIn,
  did_key_not_signing: notSignedIn,
  did_web_host_invalid: notSignedIn,
  did_resolution_failed: notSignedIn,
  jwk_private: notSignedIn,
  key_invalid: notSignedIn,
  not_found: notFound,
  upstream_unknown: notFound,
  upstream_not_allowed: usage,
  key_in_use: conflict,
  key_log_conflict: conflict,
  last_key: conflict,
  recovery_pending: conflict,
  version_conflict: conflict,
  idempotency_conflict: conflict,
  import_not_active: conflict,
  upload_offset_wrong: conflict,
  upload_busy: conflict,
  tus_version_unsupported: usage,
  media_type_unsupported: usage,
  context_superseded: conflict,
  space_busy: conflict,
  space_sealed: conflict,
  space_key_wrong: conflict,
  import_too_large: badImport,
  import_empty: badImport,
  import_incomplete: badImport,
  import_format_unknown: badImport,
  import_path_invalid: badImport,
  import_archive_invalid: badImport,
  import_json_invalid: badImport,
  import_unreadable: badImport,
  import_schema_untrusted: badImport,
  engine_unavailable: unavailable,
  models_unavailable: unavailable,
  storage_integrity: unavailable,
  storage_missing: unavailable,
  storage_owner_mismatch: unavailable,
  schema_too_new: unavailable,
  migration_failed: unavailable,
  engine_timeout: unavailable,
  backup_missing: notFound,
  backup_unavailable: unavailable,
  upstream_unavailable: unavailable,
  model_not_allowed: notSignedIn,
  model_limit_reached: limited,
  model_answer_invalid: unavailable,
  rate_limited: limited,
  quota_exceeded: limited,
  internal: unexpected,
} as const satisfies Record<ErrorCode, ExitCode>;

const byFailure = {
  usage,
  no_profile: notSignedIn,
  profile_exists: conflict,
  profile_pending: conflict,
  token_not_enough: notSignedIn,
  not_there: notFound,
  already_there: conflict,
  refused: notSignedIn,
  input: badImport,
  unreachable: unavailable,
  cancelled: exitCodes.cancelled,
  interrupted: exitCodes.interrupted,
} as const satisfies Record<LocalFailure, ExitCode>;

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof AppError) return byCode[error.code];
  if (error instanceof CliError) return byFailure[error.failure];
  return unexpected;
}

/** The exit code of an import that ended badly. Codes of sources newer than this CLI count as bad input. */
export const exitCodeOfImportError = (code: string): ExitCode =>
  Object.hasOwn(byCode, code) ? byCode[code as ErrorCode] : badImport;
