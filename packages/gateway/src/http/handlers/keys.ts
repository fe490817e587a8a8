/** The keys of an account: the list, the signed log behind it, and what is sealed to them. */
import type { KeyLogPayload } from '@vivim/contract/key-log';
import { ownerOf } from '../../auth/account/devices.ts';
import type { Principal } from '../../auth/gateway.ts';
import {
  type AppendOptions,
  appendToKeyLog,
  describeKeyLog,
  describeKeys,
  describeWraps,
} from '../../auth/keys/keyring.ts';
import type { Handlers } from '../call.ts';

/**
 * A key that signs in brings the device it names along: a browser whose owner came in by a passkey becomes a device of its
 * own, and so does one that registered before there were devices.
 */
function newDevice(payload: KeyLogPayload, { kind, deviceId }: Principal): AppendOptions {
  if (payload.op !== 'add' || payload.deviceId === undefined) return {};
  const signsIn = payload.keys.some(({ purpose }) => purpose === 'device-auth' || purpose === 'rotation');
  if (!signsIn) return {};
  const platform = kind === 'cookie' ? 'web' : 'rest';
  return { device: { deviceId: payload.deviceId, platform, nameCt: null, approvedBy: deviceId } };
}

export const keyHandlers: Handlers<'listKeys' | 'getKeyLog' | 'appendKeyLog' | 'listSpaceKeyWraps'> = {
  async listKeys({ auth }, { principal }) {
    return { items: await describeKeys(auth, principal.userId) };
  },
  getKeyLog: ({ auth }, { principal }) => describeKeyLog(auth, principal.userId),
  appendKeyLog: ({ auth }, { principal, body: { entry } }) =>
    appendToKeyLog(auth, ownerOf(principal), entry, newDevice(entry.payload, principal)),
  async listSpaceKeyWraps({ auth }, { principal }) {
    return { items: await describeWraps(auth, principal) };
  },
};
