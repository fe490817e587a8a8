/**
 * How a resource for applications says no: `{error, error_description}` with the challenge a client reads (RFC 6750, RFC 9449,
 * RFC 9728), so that it knows where to ask and for what.
 */
import { AppError, type ErrorCode, errorStatus, errorTitles } from '@vivim/contract/errors';
import { headers as names, problemMediaType } from '@vivim/contract/http';
import { ScopeRefusal } from '@vivim/contract/oauth';
import { Problem } from '@vivim/contract/problem';
import { dpopAlgorithms } from '../auth/sessions/dpop.ts';
import { type Audience, resourceMetadataUrl } from './resources.ts';

export interface Resource {
  /** The server's origin. */
  readonly origin: string;
  readonly audience: Audience;
  /** What to ask for at first, space separated. */
  readonly scope: string;
}

const proofErrors: ReadonlySet<ErrorCode> = new Set([
  'dpop_required',
  'dpop_invalid',
  'dpop_replay',
  'dpop_key_mismatch',
]);

/** What is wrong with the token or its proof, as the standards call it. */
function oauthError(code: ErrorCode): string {
  if (code !== 'dpop_required' && proofErrors.has(code)) return 'invalid_dpop_proof';
  return errorStatus[code] === 401 ? 'invalid_token' : code;
}

const challenge = (scheme: string, parameters: Readonly<Record<string, string>>): string =>
  `${scheme} ${Object.entries(parameters)
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ')}`;

function challengeOf(code: ErrorCode, { origin, audience, scope }: Resource): string {
  // Who shows nothing is not told what is wrong with it (RFC 6750 section 3.1).
  const error = code === 'auth_required' ? {} : { error: oauthError(code) };
  const where = { resource_metadata: resourceMetadataUrl(origin, audience), scope };
  return proofErrors.has(code)
    ? challenge('DPoP', { ...error, ...where, algs: dpopAlgorithms.join(' ') })
    : challenge('Bearer', { ...error, ...where });
}

const body = (status: number, value: object, headers: Record<string, string>): Response =>
  Response.json(value, { status, headers });

export function resourceRefusal(error: unknown, resource: Resource, traceId: string): Response {
  const known = error instanceof AppError ? error : new AppError('internal');
  const { code, retryAfterSeconds } = known;
  const status = errorStatus[code];
  const silent = code === 'not_found' || code === 'internal';
  const described = { error: oauthError(code), error_description: silent ? errorTitles[code] : known.message };
  return body(status, described, {
    [names.traceId]: traceId,
    ...(status === 401 ? { 'www-authenticate': challengeOf(code, resource) } : {}),
    ...(status === 405 ? { allow: 'POST' } : {}),
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  });
}

/** An engine's answer as a client of the resource is to see it: its refusals get the shape of all others. */
export async function resourceAnswer(answer: Response, resource: Resource, traceId: string): Promise<Response> {
  if (answer.status === 403) {
    const refusal = ScopeRefusal.safeParse(
      await answer
        .clone()
        .json()
        .catch(() => null),
    );
    if (refusal.success) {
      const { error, error_description, scope } = refusal.data;
      const where = { resource_metadata: resourceMetadataUrl(resource.origin, resource.audience) };
      const header = challenge('Bearer', { error, scope, ...where, error_description });
      return body(403, refusal.data, { 'www-authenticate': header, [names.traceId]: traceId });
    }
  }
  if (answer.headers.get('content-type') !== problemMediaType) return answer;
  const problem = Problem.parse(await answer.json());
  const detail = { ...(problem.field === undefined ? {} : { field: problem.field }) };
  return resourceRefusal(new AppError(problem.code, problem.detail, detail), resource, traceId);
}
