/**
 * Client id metadata documents: an application may be named by the address of a page that describes it. Fetched through
 * the guarded fetch alone, and only what this server understands of one is looked at.
 */

import type { GuardedFetch } from '../auth/did/guarded-fetch.ts';

/** Bytes. */
const longest = 16 * 1024;

/** Members that matter: who it is, where answers go, and what would have to be refused. */
const understood = [
  'client_id',
  'client_name',
  'client_uri',
  'redirect_uris',
  'grant_types',
  'response_types',
  'token_endpoint_auth_method',
  'application_type',
  'client_secret',
  'client_secret_expires_at',
] as const;

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > longest) throw new Error('the document is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What is not an object stays what it is, for the one who asked to refuse. */
function reduced(text: string): string {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return text;
  const members = Object.entries(value).filter(([name]) => understood.some((known) => known === name));
  return JSON.stringify(Object.fromEntries(members));
}

/**
 * The fetch the library is given. Scopes a document names are left out: what an application may do is what its person allows.
 *
 * @throws Error for what cannot be fetched, is too large or is no JSON
 */
export function documentFetch(guarded: GuardedFetch): typeof fetch {
  return async (url, { headers = {}, signal = null } = {}) => {
    // A dispatcher the library hands along is left behind: where a connection goes is the guard's to decide.
    const response = await guarded(url, { headers, signal, redirect: 'manual' });
    if (response.status !== 200) return response;
    const cacheControl = response.headers.get('cache-control');
    const text = reduced(await readText(response));
    return new Response(text, { headers: cacheControl === null ? {} : { 'cache-control': cacheControl } });
  };
}
