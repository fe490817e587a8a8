/**
 * Refuses requests that say who they act for, and tokens written into an address. Identity comes from the verified
 * session alone; a user id in a header, a query or a body is a mistake or an attack, and neither is passed over.
 */
import { AppError } from '@vivim/contract/errors';

/** Without case, dashes and underscores. */
const identityNames = new Set([
  'userid',
  'did',
  'tenant',
  'tenantid',
  'storageid',
  'ownerid',
  'onbehalfof',
  'impersonate',
]);
const plain = (name: string) => name.toLowerCase().replace(/[-_]/g, '');

function refuse(field: string): never {
  throw new AppError('user_id_not_allowed', undefined, { field });
}

/** @throws AppError `user_id_not_allowed` naming the header or parameter */
export function assertNoIdentityClaim(headers: Headers, query: URLSearchParams): void {
  for (const name of headers.keys()) {
    if (name.startsWith('x-') && identityNames.has(plain(name.slice(2)))) refuse(name);
  }
  for (const name of query.keys()) if (identityNames.has(plain(name))) refuse(name);
}

/** @throws AppError `user_id_not_allowed` naming the member */
export function assertNoIdentityInBody(body: unknown): void {
  if (typeof body !== 'object' || body === null) return;
  for (const name of Object.keys(body)) if (identityNames.has(plain(name))) refuse(name);
}

/** The token an address carries; null when it carries none. */
export const tokenInQuery = (query: URLSearchParams): string | null => query.get('access_token');
