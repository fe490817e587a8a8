/** Keys and ways into an account, for a person. */
import type { KeyInfo, Me } from '@vivim/contract/account';
import type { KeyPurpose } from '@vivim/contract/key-log';
import { count, plain, table } from './text.ts';
import { moment } from './when.ts';

/** What a key does, in words. */
export const purposeText = {
  rotation: 'signs in (the first key)',
  'device-auth': 'signs in (a device)',
  passkey: 'signs in (a passkey)',
  recovery: 'gets you back in (on paper)',
  'device-enc': 'opens (a device)',
  'passkey-enc': 'opens (a passkey)',
  'recovery-enc': 'opens (on paper)',
} as const satisfies Record<KeyPurpose, string>;

/** @param names of devices, by id */
export const keyTable = (keys: readonly KeyInfo[], names: ReadonlyMap<string, string>): string =>
  table(
    keys.map(({ kid, alg, purpose, priority, deviceId, addedAt }) => [
      purposeText[purpose],
      alg,
      `strength ${priority}`,
      moment(addedAt),
      deviceId === null ? '' : plain(names.get(deviceId) ?? ''),
      kid,
    ]),
  );

export const waysInText = ({ devices, passkeys, recoveryKey, guardians }: Me['access']): string =>
  [
    count(devices, 'device'),
    ...(passkeys > 0 ? [count(passkeys, 'passkey')] : []),
    ...(recoveryKey ? ['a recovery key'] : []),
    ...(guardians ? ['guardians'] : []),
  ].join(', ');

/** Whether losing one thing loses everything, and the command that changes it. */
export const safetyText = ({ safe }: Me['access']): string =>
  safe
    ? 'Losing this device does not lose you the account.'
    : 'There is no second way in yet: lose this device and the account is lost. Make one: vivim recovery key';
