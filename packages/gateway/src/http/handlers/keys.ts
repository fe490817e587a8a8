/** The keys of an account: the list, the signed log behind it, and what is sealed to them. */
import { ownerOf } from '../../auth/devices.ts';
import { appendToKeyLog, describeKeyLog, describeKeys } from '../../auth/keyring.ts';
import type { Handlers } from '../call.ts';

export const keyHandlers: Handlers<'listKeys' | 'getKeyLog' | 'appendKeyLog' | 'listSpaceKeyWraps'> = {
  async listKeys({ auth }, { principal }) {
    return { items: await describeKeys(auth, principal.userId) };
  },
  getKeyLog: ({ auth }, { principal }) => describeKeyLog(auth, principal.userId),
  appendKeyLog: ({ auth }, { principal, body }) => appendToKeyLog(auth, ownerOf(principal), body.entry),
  async listSpaceKeyWraps({ auth }, { principal }) {
    return { items: [...(await auth.keyring.list(principal.routing))] };
  },
};
