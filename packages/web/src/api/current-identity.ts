/** Which key of this browser belongs to whoever is signed in. None where they came in by a passkey on a fresh browser. */
import type { KeyInfo, Me } from '@vivim/contract/account';
import { thumbprint } from './did-key.ts';
import { type BrowserIdentity, listIdentities } from './identity-store.ts';

export interface CurrentIdentity {
  readonly identity: BrowserIdentity;
  readonly key: KeyInfo;
}

/** @param keys the live keys of the account: a key that was revoked signs nothing any more */
export async function currentIdentity(me: Me, keys: readonly KeyInfo[]): Promise<CurrentIdentity | null> {
  const found: CurrentIdentity[] = [];
  for (const identity of await listIdentities().catch(() => [])) {
    const kid = await thumbprint(identity.publicKey);
    const key = keys.find((one) => one.kid === kid);
    if (key !== undefined) found.push({ identity, key });
  }
  return found.find(({ key }) => key.deviceId === me.session.deviceId) ?? found[0] ?? null;
}
