/** What a profile file holds, in this version and in those before it. Reads and writes no file. */
import { Did } from '@vivim/contract/identity';
import { z } from 'zod';
import { usualName } from './device-name.ts';
import { DpopKey } from './dpop-key.ts';
import { didOf, IdentityKey } from './identity-key.ts';
import { newSealingKey, SealingJwk } from './sealing-key.ts';

export const Session = z.strictObject({
  /** The server that gave it: a token goes nowhere else. */
  server: z.string(),
  sessionId: z.string(),
  userId: z.string(),
  accessToken: z.string(),
  /** Of the access token. */
  expiresAt: z.iso.datetime(),
  /** Good once: trading it in gives the next one. */
  refreshToken: z.string(),
});
export type Session = z.infer<typeof Session>;

/** A profile that is not in yet: what its key asked for, and waits for an answer to. */
export const Pending = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('device'),
    /** Null until the server has taken the request. */
    request: z.strictObject({ id: z.uuid(), expiresAt: z.string() }).nullable(),
  }),
  z.strictObject({
    kind: z.literal('recovery'),
    method: z.enum(['recovery-key', 'guardians']),
    request: z.strictObject({ id: z.uuid(), challengeId: z.uuid() }).nullable(),
  }),
]);
export type Pending = z.infer<typeof Pending>;

export const Profile = z.strictObject({
  version: z.literal(2),
  server: z.string(),
  /** The DID the account goes by. Of the device that made the account it is the DID of its own key. */
  account: Did,
  /** The device this profile is on its server; null until it was in. */
  deviceId: z.uuid().nullable(),
  /** What this device is called, until its name has been sealed and sent. */
  unsentName: z.string().nullable(),
  identityKey: IdentityKey,
  dpopKey: DpopKey,
  sealingKey: SealingJwk,
  session: Session.nullable(),
  pending: Pending.nullable(),
  /** The last event of the account its owner was told of here; null before the first look. */
  toldUpTo: z.int().nullable(),
});
export type Profile = z.infer<typeof Profile>;

const ProfileOne = z.looseObject({
  version: z.literal(1),
  server: z.string(),
  did: z.string(),
  identityKey: IdentityKey,
  dpopKey: DpopKey,
});

/** A profile with fresh keys around an identity's own. */
export const freshProfile = (
  parts: Pick<Profile, 'server' | 'identityKey' | 'dpopKey'> & Partial<Profile>,
): Profile => ({
  version: 2,
  account: didOf(parts.identityKey),
  deviceId: null,
  unsentName: null,
  sealingKey: newSealingKey(),
  session: null,
  pending: null,
  toldUpTo: null,
  ...parts,
});

export type ReadProfile = { readonly profile: Profile; readonly upgraded: boolean };

/**
 * Version 1 had no sealing key, no name, and a session that could not be renewed: the first two are made, the other is left
 * to end.
 *
 * @returns null for what is no profile of a version known here
 */
export function parseProfile(value: unknown): ReadProfile | null {
  const current = Profile.safeParse(value);
  if (current.success) return { profile: current.data, upgraded: false };
  const first = ProfileOne.safeParse(value);
  if (!first.success) return null;
  const { server, did, identityKey, dpopKey } = first.data;
  return {
    profile: freshProfile({ server, account: did, unsentName: usualName(), identityKey, dpopKey }),
    upgraded: true,
  };
}
