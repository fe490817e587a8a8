/** Every refusal as problem+json (RFC 9457), with the headers its kind calls for. Never says more than the problem does. */
import { AppError, type ErrorCode } from '@vivim/contract/errors';
import { headers, problemMediaType } from '@vivim/contract/http';
import { toProblem } from '@vivim/contract/problem';
import { dpopAlgorithms } from '../auth/sessions/dpop.ts';

/** What RFC 9449 section 7.1 and RFC 6750 section 3.1 call the reason; a plain challenge where nothing was shown. */
const challengeErrors: Partial<Record<ErrorCode, string>> = {
  token_invalid: 'invalid_token',
  session_expired: 'invalid_token',
  session_revoked: 'invalid_token',
  dpop_required: 'invalid_token',
  dpop_invalid: 'invalid_dpop_proof',
  dpop_replay: 'invalid_dpop_proof',
  dpop_key_mismatch: 'invalid_dpop_proof',
  insufficient_scope: 'insufficient_scope',
};

function authenticateHeader(code: ErrorCode, status: number): Record<string, string> {
  const error = challengeErrors[code];
  if (status !== 401 && error === undefined) return {};
  const algs = `algs="${dpopAlgorithms.join(' ')}"`;
  return { 'www-authenticate': error === undefined ? `DPoP ${algs}` : `DPoP error="${error}", ${algs}` };
}

/** `not_found` answers carry no trace id, so that a foreign id and an unknown one answer with the same bytes. */
export function problemResponse(error: unknown, traceId: string, extra: Record<string, string> = {}): Response {
  const problem = toProblem(error, traceId);
  const retryAfter = error instanceof AppError ? error.retryAfterSeconds : undefined;
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': problemMediaType,
      ...(problem.code === 'not_found' ? {} : { [headers.traceId]: traceId }),
      ...authenticateHeader(problem.code, problem.status),
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      ...extra,
    },
  });
}
