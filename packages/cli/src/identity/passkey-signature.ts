/**
 * A passkey's signature over bytes of ours: a WebAuthn assertion whose challenge is their SHA-256. Checks the signature and
 * what it is over; which site asked for it is the server's to check.
 *
 * @see W3C WebAuthn level 3, section 7.2
 */
import { createHash, verify } from 'node:crypto';
import type { LoggedKey, PasskeySignature } from '@vivim/contract/key-log';
import { z } from 'zod';
import { keyObjectOf } from './public-key.ts';

const ClientData = z.looseObject({ type: z.literal('webauthn.get'), challenge: z.string() });
/** Bit 0 of the flags: somebody was there. Bit 2: it was verified who. */
const present = 0x05;
const flagsAt = 32;

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

/** @throws Error for client data that is no JSON, or a key that is no point of its curve */
export function isPasskeySignature(key: LoggedKey, bytes: Uint8Array, assertion: PasskeySignature): boolean {
  if (key.purpose !== 'passkey') return false;
  const authenticatorData = Buffer.from(assertion.authenticatorData, 'base64url');
  const clientData = Buffer.from(assertion.clientDataJSON, 'base64url');
  const { challenge } = ClientData.parse(JSON.parse(clientData.toString('utf8')));
  if (challenge !== sha256(bytes).toString('base64url')) return false;
  if (((authenticatorData[flagsAt] ?? 0) & present) !== present) return false;
  const signed = Buffer.concat([authenticatorData, sha256(clientData)]);
  // ECDSA comes in DER here, whose encoding node:crypto reads by default.
  return verify(
    key.alg === 'Ed25519' ? null : 'sha256',
    signed,
    keyObjectOf(key),
    Buffer.from(assertion.signature, 'base64url'),
  );
}
