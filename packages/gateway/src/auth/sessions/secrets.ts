/** Tokens: 256 random bits that mean nothing. Their holder has them, master has their SHA-256. */
import { randomBytes } from '@vivim/contract/random';
import { encodeBase64url } from '../base64url.ts';
import { sha256 } from '../digest.ts';

export interface FreshToken {
  readonly token: string;
  readonly hash: Uint8Array;
}

export function makeToken(): FreshToken {
  const token = encodeBase64url(randomBytes(32));
  return { token, hash: sha256(token) };
}

/** A personal access token: its prefix lets scanners of published code find one that leaked. */
export function makePersonalToken(): FreshToken {
  const token = `vivim_pat_${makeToken().token}`;
  return { token, hash: sha256(token) };
}

/** Whether this could be one of ours; anything else is not worth a query. */
export const looksLikeToken = (text: string): boolean => /^(vivim_pat_)?[A-Za-z0-9_-]{43}$/.test(text);
