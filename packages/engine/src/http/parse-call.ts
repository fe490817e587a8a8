/** A request parsed at the edge, once: what comes out has the types of the route table. */

import type { Asker, AssemblyWay } from '@vivim/contract/assembly';
import { AppError } from '@vivim/contract/errors';
import { headers, limits } from '@vivim/contract/http';
import { parse } from '@vivim/contract/parse';
import { randomBytes } from '@vivim/contract/random';
import type { Operation, Route } from '@vivim/contract/routes';
import type { TicketPayload } from '@vivim/contract/ticket';
import type { z } from 'zod';
import { sha256 } from '../space/hash.ts';
import type { Verb } from '../space/user-space.ts';
import type { Call } from './handler.ts';

/** Names under which a client might claim to be somebody. Who asks is known from the session alone. */
const claimsIdentity = /^(user_?id|owner_?id|tenant(_?id)?|did)$/i;

/** @throws AppError `user_id_not_allowed` when a member of an object says who it is for */
export function refuseIdentity(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const claimed = Object.keys(value).find((name) => claimsIdentity.test(name));
  if (claimed !== undefined) throw new AppError('user_id_not_allowed', undefined, { field: claimed });
}

function parseOwn<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  refuseIdentity(value);
  return parse(schema, value);
}

/** Path parameters are ids: one of the wrong shape names nothing, like one that is unknown. */
function parseParams(route: Route, params: Record<string, string>): unknown {
  const result = route.params.safeParse(params);
  if (!result.success) throw new AppError('not_found');
  return result.data;
}

const ownHeaders = (route: Route, request: Request): Record<string, string | undefined> =>
  Object.fromEntries(Object.keys(route.headers.shape).map((name) => [name, request.headers.get(name) ?? undefined]));

/**
 * @param limit bytes
 * @throws AppError `request_too_large`, `request_invalid`
 */
export async function readJson(
  request: Request,
  limit: number = limits.jsonBody,
): Promise<{ text: string; value: unknown }> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > limit) throw new AppError('request_too_large');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength;
      if (size > limit) throw new AppError('request_too_large');
      text += decoder.decode(chunk, { stream: true });
    }
    return { text, value: JSON.parse(text + decoder.decode()) };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('request_invalid', 'The body is not valid JSON in UTF-8.');
  }
}

function verbOf(operation: Operation, request: Request, url: URL, body: string): Verb {
  const key = request.headers.get(headers.idempotencyKey);
  if (key !== null && (key.length === 0 || key.length > 255)) {
    throw new AppError('request_invalid', 'Idempotency-Key takes 1 to 255 characters.', { field: 'Idempotency-Key' });
  }
  return {
    id: key ?? `own:${Buffer.from(randomBytes(16)).toString('base64url')}`,
    operation,
    requestHash: sha256(
      `${request.method} ${url.pathname}${url.search}\n${request.headers.get('content-length') ?? ''}\n${body}`,
    ),
  };
}

/** What of a ticket says who asks. */
type Comer = Pick<TicketPayload, 'sid' | 'app' | 'pat'>;

export const askerOf = ({ sid, app, pat }: Comer, way: AssemblyWay): Asker => ({
  sessionId: sid,
  way,
  ...(app === undefined ? {} : { application: app }),
  ...(pat === undefined ? {} : { byToken: pat }),
});

/** @throws AppError `request_invalid`, `request_too_large`, `user_id_not_allowed`, `not_found` (an id of no shape) */
export async function parseCall(
  operation: Operation,
  route: Route,
  request: Request,
  params: Record<string, string>,
  ticket: Comer,
): Promise<Call<Operation>> {
  const url = new URL(request.url);
  const body = route.body !== null && route.body !== 'bytes' ? await readJson(request) : null;
  const contentLength = request.headers.get('content-length');
  return {
    params: parseParams(route, params),
    query: parseOwn(route.query, Object.fromEntries(url.searchParams)),
    headers: parseOwn(route.headers, ownHeaders(route, request)),
    body: body === null ? undefined : parseOwn(route.body as z.ZodType, body.value),
    upload:
      route.body === 'bytes'
        ? {
            bytes: request.body ?? new Blob([]).stream(),
            contentLength: contentLength === null ? null : Number(contentLength),
            mediaType: request.headers.get('content-type'),
          }
        : null,
    verb: verbOf(operation, request, url, body?.text ?? ''),
    asker: askerOf(ticket, 'api'),
    signal: request.signal,
  } as Call<Operation>;
}
