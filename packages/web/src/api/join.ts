/** A browser that asks to become a device of an identity somebody has, and the device that lets it in. */
import { decodeBase64url, encodeBase64url } from '@vivim/contract/base64url';
import {
  type DeviceClaim,
  type DeviceRequest,
  type DeviceRequestState,
  deviceStatement,
} from '@vivim/contract/devices';
import type { LoggedKey } from '@vivim/contract/key-log';
import { keyPriority } from '@vivim/contract/key-log-bytes';
import { okpThumbprint } from '@vivim/contract/key-thumbprint';
import { sealingPublicKey } from '@vivim/contract/sealing';
import { signedBytes, signedTags } from '@vivim/contract/signed-object';
import { strings } from '../strings.ts';
import { api } from './client.ts';
import { currentSigner } from './current-signer.ts';
import { keyOfDid } from './did-key.ts';
import { type BrowserIdentity, noteIdentity, withNewIdentity } from './identity-store.ts';
import { sendEntry } from './key-log.ts';
import { plainApi } from './plain-client.ts';
import { signChallenge } from './sign-in.ts';

/** The raw opening half, base64url. @throws Error in words where the browser made none */
export async function openingKey({ sealing }: BrowserIdentity): Promise<string> {
  if (sealing === undefined) throw new Error(strings.join.noSealing);
  return encodeBase64url(await sealingPublicKey(sealing));
}

/** What the six words of a browser that asks are made of. */
export async function claimOf(identity: BrowserIdentity): Promise<DeviceClaim> {
  return {
    account: identity.account ?? '',
    did: identity.did,
    encKey: await openingKey(identity),
    platform: 'web',
  };
}

/** Makes this browser's keys and asks. @throws AppError with a `did_…` code for a name that is none */
export const askToJoin = (account: string, name: string): Promise<BrowserIdentity> =>
  withNewIdentity(name, async (made) => {
    const proof = await signChallenge(made, 'device');
    const body = { account, proof, encKey: await openingKey(made), platform: 'web' } as const;
    const { id } = await plainApi.createDeviceRequest({ body });
    return noteIdentity(made, { account, waiting: { kind: 'device', requestId: id } });
  });

export const joinState = (requestId: string): Promise<DeviceRequestState> =>
  plainApi.getDeviceRequest({ params: { id: requestId } });

/** The two keys of a new device as the log adds them. @throws Error in words for a key of no known kind */
export async function keysOf(did: string, encKey: string): Promise<[LoggedKey, LoggedKey]> {
  const auth = await keyOfDid(did);
  if (auth === null) throw new Error(strings.devices.unknownKey);
  const rest = { priority: keyPriority.added } as const;
  const kid = await okpThumbprint('X25519', decodeBase64url(encKey));
  return [
    { ...auth, purpose: 'device-auth', ...rest },
    { kid, alg: 'X25519', publicKey: encKey, purpose: 'device-enc', ...rest },
  ];
}

/**
 * Lets a device in whose six words were compared. It names itself once it is in.
 *
 * @throws Error in words where this browser has no key of its own to sign with
 */
export async function approveDevice(request: DeviceRequest): Promise<void> {
  const signer = await currentSigner();
  if (signer.bare === null) throw new Error(strings.access.needsOwnKey);
  const [keys, statement] = await Promise.all([
    keysOf(request.did, request.encKey),
    signer.bare.sign(signedBytes(signedTags.device, deviceStatement(request))),
  ]);
  await sendEntry({ op: 'add', keys, deviceId: request.deviceId }, signer, (entry) =>
    api.approveDevice({ params: { id: request.id }, body: { entry, statement } }),
  );
}
