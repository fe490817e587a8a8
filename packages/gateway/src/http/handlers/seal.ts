/** The sealed space: its state, and the key of it on its way in. */
import { describeSeal, lockSpace, sealSpace, unlockSpace, unsealSpace } from '../../auth/account/sealed-space.ts';
import type { Handlers } from '../call.ts';

export const sealHandlers: Handlers<'getSpaceSeal' | 'sealSpace' | 'unlockSpace' | 'lockSpace' | 'unsealSpace'> = {
  getSpaceSeal: ({ auth }, { principal }) => describeSeal(auth, principal),
  sealSpace: ({ auth }, { principal }) => sealSpace(auth, principal),
  unlockSpace: ({ auth }, { principal, body }) => unlockSpace(auth, principal, body.key),
  lockSpace: ({ auth }, { principal }) => lockSpace(auth, principal),
  unsealSpace: ({ auth }, { principal, body }) => unsealSpace(auth, principal, body.key),
};
