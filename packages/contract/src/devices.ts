/**
 * Devices: what signs in as a person, under names only that person can read. A new one is let in by an old one after both
 * show the same six words.
 */
import { z } from 'zod';
import { Did, Platform, Signature, SignedChallenge, Thumbprint } from './identity.ts';
import { SignedEntry } from './key-log.ts';
import { NameCiphertext } from './sealed.ts';

export const Device = z.strictObject({
  id: z.uuid(),
  platform: Platform,
  nameCt: NameCiphertext.nullable(),
  /** The key it signs in with. */
  authKid: Thumbprint.nullable(),
  /** The key the space's key is sealed to, where it has one. */
  encKid: Thumbprint.nullable(),
  createdAt: z.string(),

  /** When it last asked for something, ISO 8601 in UTC; null: never. */
  lastSeenAt: z.string().nullable(),
  /** `192.0.2.0/24`: where it was last seen, no finer. */
  lastNetwork: z.string().nullable(),
  /** The device that let it in; null for the first. */
  approvedBy: z.uuid().nullable(),

  /** The device this is asked from. */
  current: z.boolean(),
});
export type Device = z.infer<typeof Device>;

export const deviceRequestSeconds = 600;

/** What a device asks for and what its six words are made of. */
export const DeviceClaim = z.strictObject({
  /** A DID of the account it asks to join. */
  account: Did,
  /** The `did:key` of the key it will sign in with. */
  did: Did,
  /** Raw X25519 public key, base64url: what the space's key will be sealed to. */
  encKey: Thumbprint,
  platform: Platform,
});
export type DeviceClaim = z.infer<typeof DeviceClaim>;

/** What both sides make the six words of. */
export const deviceClaim = ({ account, did, encKey, platform }: z.infer<typeof DeviceClaim>) => ({
  account,
  did,
  encKey,
  platform,
});

export const DeviceRequestBody = DeviceClaim.omit({ did: true }).extend({
  /** A challenge of purpose `device`, signed by the new key. */
  proof: SignedChallenge,
});

export const DeviceRequestState = z.strictObject({
  id: z.uuid(),

  /** Whether the other device said yes or no, or nothing yet. */
  state: z.enum(['pending', 'approved', 'refused']),
  expiresAt: z.string(),
});
export type DeviceRequestState = z.infer<typeof DeviceRequestState>;

/** As the account's own devices see it. */
export const DeviceRequest = DeviceClaim.extend({
  id: z.uuid(),
  /** The id the device will have. */
  deviceId: z.uuid(),
  createdAt: z.string(),
  expiresAt: z.string(),
});
export type DeviceRequest = z.infer<typeof DeviceRequest>;

/** What the approving device signs under `VIVIM-DEVICE-V1`. */
export const deviceStatement = ({ id, deviceId, account, did, encKey, platform }: DeviceRequest) => ({
  account,
  device: deviceId,
  did,
  encKey,
  platform,
  request: id,
});

export const DeviceApproval = z.strictObject({
  /** The key-log entry that adds the device's keys. */
  entry: SignedEntry,
  /** Over {@link deviceStatement}, by the key that signed the entry. */
  statement: Signature,
  nameCt: NameCiphertext.optional(),
});
export type DeviceApproval = z.infer<typeof DeviceApproval>;

export const DeviceUpdate = z.strictObject({ nameCt: NameCiphertext });
