/** What a request shows to be let in. Reads headers only; decides nothing. */
import { AppError } from '@vivim/contract/errors';
import { looksLikeToken } from './secrets.ts';

export const cookieName = '__Host-sid';

export type Credential =
  | { readonly kind: 'cookie'; readonly token: string }
  | { readonly kind: 'dpop'; readonly token: string; readonly proof: string }
  | { readonly kind: 'bearer'; readonly token: string };

/** The session cookie of a request, whatever it holds; null without one. */
export function readCookie(headers: Headers): string | null {
  for (const pair of headers.get('cookie')?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === cookieName && value !== undefined) return value;
  }
  return null;
}

/** Whether the request shows anything at all. */
export const hasCredential = (headers: Headers): boolean =>
  headers.has('authorization') || readCookie(headers) !== null;

/**
 * An `Authorization` header beats a cookie.
 *
 * @throws AppError `auth_required` where nothing is shown, `token_invalid` where it cannot be one of ours,
 *   `dpop_required` where a token comes without its proof
 */
export function readCredential(headers: Headers): Credential {
  const authorization = headers.get('authorization');
  if (authorization === null) {
    const token = readCookie(headers);
    if (token === null) throw new AppError('auth_required');
    if (!looksLikeToken(token)) throw new AppError('token_invalid');
    return { kind: 'cookie', token };
  }
  const [, scheme = '', token = ''] = /^(\S+) +(\S+)$/.exec(authorization) ?? [];
  if (!looksLikeToken(token)) throw new AppError('token_invalid');
  if (scheme.toLowerCase() === 'bearer') return { kind: 'bearer', token };
  if (scheme.toLowerCase() !== 'dpop') throw new AppError('token_invalid');
  const proof = headers.get('dpop');
  if (proof === null) throw new AppError('dpop_required');
  return { kind: 'dpop', token, proof };
}
