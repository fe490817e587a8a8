/**
 * What is signed beside sign-in texts: a tag, a line feed, the payload in canonical JSON (RFC 8785). The tag keeps a
 * signature made for one purpose from being used for another.
 */
import canonicalize from 'canonicalize';

export const signedTags = {
  keyLog: 'VIVIM-KEYLOG-V1',
  device: 'VIVIM-DEVICE-V1',
  recover: 'VIVIM-RECOVER-V1',
} as const;

/** RFC 8785. @throws Error for what JSON cannot hold: NaN, lone surrogates, cycles */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('only JSON values have a canonical form');
  return text;
}

/** The bytes a key signs. */
export const signedBytes = (tag: (typeof signedTags)[keyof typeof signedTags], payload: unknown): Uint8Array =>
  new TextEncoder().encode(`${tag}\n${canonicalJson(payload)}`);
