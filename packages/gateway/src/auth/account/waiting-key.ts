/**
 * A key that asks to be let in, by a device that is in or by a recovery: it proves itself, and names an account whose existence
 * it is not told. And the entry that lets it in, which brings its two keys and nothing else.
 */
import { AppError } from '@vivim/contract/errors';
import type { Platform, SignedChallenge } from '@vivim/contract/identity';
import type { LoggedKey } from '@vivim/contract/key-log';
import { uuidv7 } from '@vivim/contract/random';
import { findByDid } from '../../master/identities.ts';
import type { WaitingKey } from '../../master/waiting-key.ts';
import { decodeBase64url } from '../base64url.ts';
import { type ProvenChallenge, proveChallenge } from '../challenge.ts';
import type { AuthDeps } from '../deps.ts';
import { readDid } from '../did/resolve-did.ts';
import { thumbprintOf } from '../keys/key-entries.ts';
import { countRequest } from '../knocks.ts';

export interface Asking {
  readonly account: string;
  readonly proof: SignedChallenge;
  readonly encKey: string;
  readonly platform: Platform;
}

/**
 * @param purpose of the challenge it signed
 * @throws AppError `challenge_unknown`, `signature_invalid`, `rate_limited`, `key_in_use`, a `did_…` code for a name that is none
 */
export async function proveWaitingKey(
  deps: AuthDeps,
  { account, proof, encKey, platform }: Asking,
  purpose: 'device' | 'recovery',
): Promise<{ readonly proven: ProvenChallenge; readonly waiting: Omit<WaitingKey, 'expiresAt'> }> {
  const proven = await proveChallenge(deps, proof, purpose);
  await countRequest(deps, account);
  const { did, kid, alg, publicKey } = proven;
  if ((await findByDid(deps.master, did, kid)) !== null) throw new AppError('key_in_use');
  const named = readDid(account);
  const userId = await findByDid(deps.master, named.did, named.key?.thumbprint ?? null);
  const nowMs = deps.clock();
  const ids = { requestId: uuidv7(nowMs), deviceId: uuidv7(nowMs), createdAt: new Date(nowMs) };
  return { proven, waiting: { ...ids, userId, account, did, kid, alg, publicKey, encKey, platform } };
}

/** Whether an entry brings exactly the keys that asked, each for what it is, under the device they asked for. */
export function bringsKeysOf(
  { kid, encKey, deviceId }: Pick<WaitingKey, 'kid' | 'encKey' | 'deviceId'>,
  entry: { readonly keys: readonly LoggedKey[]; readonly deviceId?: string | undefined },
): boolean {
  const enc = decodeBase64url(encKey);
  const wanted = new Map([
    [kid, 'device-auth'],
    [enc === null ? '' : thumbprintOf('X25519', enc), 'device-enc'],
  ]);
  const { keys } = entry;
  return (
    entry.deviceId === deviceId &&
    keys.length === wanted.size &&
    keys.every((key) => wanted.get(key.kid) === key.purpose)
  );
}
