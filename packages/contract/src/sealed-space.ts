/**
 * A sealed space: the server keeps no key to it, and opens it only with one a client hands in. What both sides say of it,
 * and when it may be sealed at all. Pure; holds no key.
 */
import { z } from 'zod';
import { Thumbprint } from './identity.ts';
import type { KeyPurpose } from './key-log.ts';

/** Keys of the owner the space's key is sealed to. */
export const SpaceOpener = z.enum(['device', 'passkey', 'recovery-key']);
export type SpaceOpener = z.infer<typeof SpaceOpener>;

export const SpaceSeal = z.strictObject({
  /** `open`: the server holds a wrap of its own. `locked`: nothing here opens it. `unlocked`: its key is in memory. */
  state: z.enum(['open', 'locked', 'unlocked']),

  /** Since when it is sealed, ISO 8601 in UTC; null: it is not. */
  sealedAt: z.string().nullable(),
  /** Minutes without a request after which an unlocked space is locked again. */
  idleMinutes: z.int(),
  /** What opens it: everything else does not. Guardians are never among them. */
  openers: z.array(
    z.strictObject({
      kid: Thumbprint,
      /** What holds that key. */
      by: SpaceOpener,
    }),
  ),
  /** Whether enough of them are there to seal it. */
  sealable: z.boolean(),
});
export type SpaceSeal = z.infer<typeof SpaceSeal>;

/** The space's key itself, 32 bytes in base64url: opened by the client, from a wrap of its own. */
export const SpaceKeyBody = z.strictObject({
  /** 32 bytes, base64url without padding. Held in memory while the space is unlocked, and written nowhere. */
  key: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});

const openers: Partial<Record<KeyPurpose, SpaceOpener>> = {
  'device-enc': 'device',
  'passkey-enc': 'passkey',
  'recovery-enc': 'recovery-key',
};

/** What a key of this purpose is an opener by; null for one that signs. */
export const openerOf = (purpose: KeyPurpose): SpaceOpener | null => openers[purpose] ?? null;

/** Two that do not go together: one lost device must not take everything with it. Each device and passkey is one. */
export const isSealable = (found: readonly unknown[]): boolean => found.length >= 2;
