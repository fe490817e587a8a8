/** `fetch` that says in plain words when no VIVIM server is at the other end. */
import { headers, problemMediaType } from '@vivim/contract/http';
import { CliError, systemCode } from '../cli-error.ts';

const unreachable = (server: string, why: string, cause?: unknown) =>
  new CliError(
    'unreachable',
    `No VIVIM server answers at ${server} (${why}). Start one with \`npm start\`, or name another with --server.`,
    { cause },
  );

/** @param server what the person asked for, named in the error */
export function reach(server: string): typeof fetch {
  return async (input, init) => {
    let response: Response;
    try {
      response = await fetch(input, init);
    } catch (error) {
      const late = error instanceof DOMException && error.name === 'TimeoutError';
      if (init?.signal?.aborted && !late) throw error;
      throw unreachable(server, systemCode(error) ?? (error instanceof Error ? error.message : 'no answer'), error);
    }
    // A refusal says which it is: of the API by its shape, of anything else by its trace.
    const fromVivim =
      response.ok ||
      response.headers.has(headers.traceId) ||
      response.headers.get('content-type')?.startsWith(problemMediaType);
    if (!fromVivim) throw unreachable(server, `what answers there says ${response.status} and is no VIVIM server`);
    return response;
  };
}

/** A server's base URL: an origin, nothing behind it. @throws CliError `usage` */
export function parseServer(text: string): string {
  const withScheme = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : null;
  const plainOrigin =
    url !== null &&
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    url.pathname === '/' &&
    url.username === '';
  if (!plainOrigin || url.search !== '' || url.hash !== '') {
    throw new CliError('usage', `${text} is not the address of a server; it looks like http://localhost:7717.`);
  }
  return url.origin;
}
