/** Who signs for the person here and now: the key of this browser, or else one of their passkeys. */

import { strings } from '../strings.ts';
import { api } from './client.ts';
import { currentIdentity } from './current-identity.ts';
import type { Signer } from './signer.ts';
import { browserSigner } from './signer.ts';

/** @throws Error in words where neither is there */
export async function currentSigner(): Promise<Signer> {
  const [me, keys] = await Promise.all([api.getMe({}), api.listKeys({})]);
  const current = await currentIdentity(me, keys.items);
  if (current !== null) return browserSigner(current.identity, current.key.priority);
  const { items: passkeys } = await api.listPasskeys({});
  if (passkeys.length === 0) throw new Error(strings.access.noSigner);
  const { passkeySigner } = await import('./passkey-signer.ts');
  return passkeySigner(passkeys);
}

/** For what a passkey cannot sign: statements about others. @throws Error in words where this browser has no key */
export async function currentBareKey() {
  const { bare } = await currentSigner();
  if (bare === null) throw new Error(strings.access.needsOwnKey);
  return bare;
}
