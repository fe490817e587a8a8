/**
 * Tickets: the gateway's signed word to one engine that one request may pass, for one person, for half a minute.
 * Never minted for a guest, never for two spaces, never twice with the same id.
 *
 * `base64url(payload JSON) . base64url(Ed25519 signature over the tag, a line feed and the encoded payload)`
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '@vivim/contract/clock';
import { randomBytes } from '@vivim/contract/random';
import { type TicketPayload, ticketLifetimeSeconds, ticketSigningInput } from '@vivim/contract/ticket';
import { readSecret, writeDurably } from '../keys/durable-file.ts';
import type { Caller } from './engine-request.ts';
import type { SpaceRow } from './fleet-control.ts';

/** UTF-16 units of an application's name. */
const longestName = 100;

export interface TicketOffice {
  /** Ed25519 public key, base64url of the raw 32 bytes; told to each engine when it opens. */
  readonly publicKey: string;
  mint(row: SpaceRow, caller: Caller): string;
}

/** @param keyFile PKCS #8 DER, 0600; made where missing. A new key makes old tickets worthless, and nothing else. */
export async function openTicketOffice(keyFile: string, clock: Clock): Promise<TicketOffice> {
  const der = (await readSecret(keyFile)) ?? (await makeKey(keyFile));
  const key = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ format: 'jwk' }).x;
  if (publicKey === undefined) throw new Error(`${keyFile} does not hold an Ed25519 key`);
  return {
    publicKey,
    mint(row, caller) {
      const payload: TicketPayload = {
        aud: row.storageId,
        sub: row.userId,
        sid: caller.sessionId,
        ...(caller.application == null ? {} : { app: caller.application.slice(0, longestName).toWellFormed() }),
        ...(caller.kind === 'pat' ? { pat: true as const } : {}),
        scopes: [...caller.scopes],
        fence: row.fence,
        jti: Buffer.from(randomBytes(18)).toString('base64url'),
        exp: Math.floor(clock() / 1000) + ticketLifetimeSeconds,
      };
      const encoded = Buffer.from(JSON.stringify(payload)).toString('base64url');
      return `${encoded}.${sign(null, Buffer.from(ticketSigningInput(encoded)), key).toString('base64url')}`;
    },
  };
}

async function makeKey(path: string): Promise<Uint8Array> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const der = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' });
  await writeDurably(path, der);
  return der;
}
