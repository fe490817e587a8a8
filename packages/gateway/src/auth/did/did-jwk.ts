/**
 * did:jwk: a JSON Web Key in base64url. One key has many such DIDs, for JSON can be written in many ways; its thumbprint
 * is what tells that they are one. Nothing is ever fetched, and what was sent is never repeated.
 */
import { AppError } from '@vivim/contract/errors';
import { decodeBase64url } from '../base64url.ts';
import { readPublicJwk } from '../keys/public-jwk.ts';
import { parseStrictJson } from '../keys/strict-json.ts';
import { type SigningKey, selfNamedKey } from './signing-key.ts';

/** base64url with bits left over in its last character is another spelling; with other characters it is none. */
const looksLikeBase64url = (text: string) => /^[A-Za-z0-9_-]+$/.test(text) && text.length % 4 !== 1;

/**
 * @param did `did:jwk:…`
 * @throws AppError `did_malformed`, `did_not_canonical` for base64url in another spelling, and those of
 *   {@link readPublicJwk}
 * @see https://github.com/quartzjer/did-jwk/blob/main/spec.md; `kid` of the key is not looked at, its fragment is `0`
 */
export function readDidJwk(did: string): SigningKey {
  const encoded = did.slice('did:jwk:'.length);
  const bytes = decodeBase64url(encoded);
  if (bytes === null) throw new AppError(looksLikeBase64url(encoded) ? 'did_not_canonical' : 'did_malformed');
  return selfNamedKey(did, 'jwk', readPublicJwk(parseStrictJson(bytes)), '0');
}
