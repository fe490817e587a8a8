/**
 * Pages of other sites that call a model from the browser: only those the operator names, only with a token the page itself sends,
 * never with a cookie (no answer says that credentials are allowed). Before it asks, a browser asks whether it may; that is
 * answered for a page and not for a person.
 * @see the Fetch standard, section 3.3 (CORS protocol)
 */
import { liveHeaders } from '@vivim/contract/live';
import { sent } from './dialect.ts';

/** Beside what a service is shown: where the token stands, and what is asked of VIVIM itself. */
const ours: ReadonlySet<string> = new Set(['authorization', 'x-api-key', ...Object.values(liveHeaders)]);
const mayBeSent = (name: string): boolean => ours.has(name) || sent.test(name);

/** How long a browser need not ask again. Seconds: as short as an operator who takes a page off the list would wait. */
const rememberedFor = 600;

/** The page a request comes from, where it is one the operator lets in; null for all others, and for programs. */
export function foreignOrigin(allowed: readonly string[], headers: Headers): string | null {
  const origin = headers.get('origin');
  return origin !== null && allowed.includes(origin) ? origin : null;
}

/** Says to a browser what its page may send. Looks at no token: browsers send none with this question. */
export function preflight(origin: string, method: string, asked: Headers): Response {
  const wanted = (asked.get('access-control-request-headers') ?? '').toLowerCase().split(/[\s,]+/);
  const headers = new Headers({
    'access-control-allow-origin': origin,
    'access-control-allow-methods': method,
    'access-control-max-age': String(rememberedFor),
    vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
  });
  const granted = wanted.filter(mayBeSent);
  if (granted.length > 0) headers.set('access-control-allow-headers', granted.join(', '));
  return new Response(null, { status: 204, headers });
}

/** Lets a page read an answer and its headers, a refusal too. */
export function readableBy(origin: string | null, answer: Response): Response {
  if (origin === null) return answer;
  const names = [...answer.headers.keys()];
  answer.headers.set('access-control-allow-origin', origin);
  answer.headers.set('access-control-expose-headers', [...names, 'vivim-trace-id'].join(', '));
  answer.headers.append('vary', 'Origin');
  return answer;
}
