/**
 * What a browser says it was asked to sign, for which page, and in which frame: the one part of a passkey's answer that the
 * authenticator signs without reading. Looks at nothing else of the answer.
 */
import { z } from 'zod';
import { decodeBase64url } from '../base64url.ts';
import { sha256 } from '../digest.ts';
import { parseStrictJson } from '../keys/strict-json.ts';
import type { Origins } from '../origins.ts';

// Loose: the standard lets browsers add members.
const ClientData = z.looseObject({
  type: z.string(),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.boolean().optional(),
  topOrigin: z.unknown().optional(),
});

export interface ExpectedClientData {
  readonly type: 'webauthn.create' | 'webauthn.get';
  /** SHA-256 of the challenge's bytes. */
  readonly challengeHash: Uint8Array;
  readonly origins: Origins;
}

/** `frame`: the page that asked stood in a frame of another one's. */
export type ClientDataRefusal = 'malformed' | 'type' | 'challenge' | 'origin' | 'frame';

/** A page of ours that may use passkeys of our name. */
const isOwnPage = (origins: Origins, origin: string): boolean =>
  origins.includes(origin) && new URL(origin).hostname === origins.rpId;

/** @see WebAuthn level 3, sections 5.8.1, 7.1 (steps 7 to 12) and 7.2 (steps 10 to 15) */
export function readClientData(
  clientDataJson: Uint8Array,
  expected: ExpectedClientData,
): { readonly origin: string } | ClientDataRefusal {
  const parsed = ClientData.safeParse(parseStrictJson(clientDataJson));
  if (!parsed.success) return 'malformed';
  const { type, challenge, origin, crossOrigin, topOrigin } = parsed.data;
  if (type !== expected.type) return 'type';
  const bytes = decodeBase64url(challenge);
  if (bytes === null || Buffer.compare(sha256(bytes), expected.challengeHash) !== 0) return 'challenge';
  if (crossOrigin === true || topOrigin !== undefined) return 'frame';
  return isOwnPage(expected.origins, origin) ? { origin } : 'origin';
}
