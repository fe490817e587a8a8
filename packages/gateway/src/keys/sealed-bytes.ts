/** Bytes sealed under a KEK by AES-256-GCM. Never hands out bytes it could not authenticate. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { KekId } from '@vivim/contract/kek';
import { randomBytes } from '@vivim/contract/random';
import { z } from 'zod';
import type { Kek } from './kek.ts';

const base64 = z.string().regex(/^[A-Za-z0-9+/]+=*$/);

export const SealedBytes = z.strictObject({ kek: KekId, iv: base64, key: base64, tag: base64 });
export type SealedBytes = z.infer<typeof SealedBytes>;

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit IV; a KEK seals far fewer than 2^32 keys.
 *
 * @param boundTo what it is for: under another purpose it does not open
 */
export function sealBytes(kek: Kek, boundTo: string, bytes: Uint8Array): SealedBytes {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', kek.key, iv).setAAD(Buffer.from(boundTo));
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return {
    kek: kek.id,
    iv: Buffer.from(iv).toString('base64'),
    key: sealed.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
}

/** @throws Error where it was altered, is for something else, or was sealed under another key */
export function openBytes(kek: Kek, boundTo: string, sealed: SealedBytes): Uint8Array {
  const [iv, bytes, tag] = [sealed.iv, sealed.key, sealed.tag].map((part) => Buffer.from(part, 'base64')) as [
    Buffer,
    Buffer,
    Buffer,
  ];
  const decipher = createDecipheriv('aes-256-gcm', kek.key, iv, { authTagLength: 16 });
  decipher.setAAD(Buffer.from(boundTo)).setAuthTag(tag);
  return Buffer.concat([decipher.update(bytes), decipher.final()]);
}
