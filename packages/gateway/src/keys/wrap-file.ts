/** One wrap as it lies on disk: which KEK made it, for which space, and the sealed key. Pure. */
import type { StorageId } from '@vivim/contract/ids';
import { z } from 'zod';
import type { Kek } from './kek.ts';
import { openBytes, SealedBytes, sealBytes } from './sealed-bytes.ts';

const version = 1;
const Wrap = SealedBytes.extend({ version: z.literal(version) });
export type Wrap = z.infer<typeof Wrap>;

/** What the wrap is for: a wrap renamed to another space does not open. */
const boundTo = (storageId: StorageId): string => `vivim-dek\n${version}\n${storageId}`;

export const makeWrap = (kek: Kek, storageId: StorageId, key: Uint8Array): Uint8Array =>
  Buffer.from(`${JSON.stringify({ version, ...sealBytes(kek, boundTo(storageId), key) } satisfies Wrap)}\n`);

/** @throws Error where the bytes are no wrap */
export const readWrap = (bytes: Uint8Array): Wrap => Wrap.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));

/** @throws Error where it was altered, or is for another space */
export const openWrap = (kek: Kek, storageId: StorageId, { version: _, ...sealed }: Wrap): Uint8Array =>
  openBytes(kek, boundTo(storageId), sealed);

/** The id of the KEK that made a wrap; null where it is none. */
export function readWrapKek(bytes: Uint8Array): string | null {
  try {
    return readWrap(bytes).kek;
  } catch {
    return null;
  }
}
