/** Getting back in: for the one who lost everything, for their guardians, and for whoever has to say no. */
import {
  askForRecovery,
  completeRecovery,
  describeGuardianRequests,
  describeRecovery,
  describeRecoverySettings,
  stopRecovery,
  vouch,
} from '../../auth/account/recovery.ts';
import type { Handlers } from '../call.ts';

export const recoveryHandlers: Handlers<
  | 'getRecovery'
  | 'createRecoveryRequest'
  | 'getRecoveryRequest'
  | 'completeRecovery'
  | 'vetoRecovery'
  | 'listGuardianRequests'
  | 'vouchForRecovery'
> = {
  getRecovery: ({ auth }, { principal }) => describeRecoverySettings(auth, principal),
  createRecoveryRequest: ({ auth }, { body }) => askForRecovery(auth, body),
  getRecoveryRequest: ({ auth }, { params }) => describeRecovery(auth, params.id),
  async completeRecovery({ auth }, { params, body }) {
    await completeRecovery(auth, params.id, body.entry);
    return undefined;
  },
  async vetoRecovery({ auth }, { principal, params }) {
    await stopRecovery(auth, principal, params.id);
    return undefined;
  },
  async listGuardianRequests({ auth }, { principal }) {
    return { items: await describeGuardianRequests(auth, principal) };
  },
  async vouchForRecovery({ auth }, { principal, params, body }) {
    await vouch(auth, principal, params.id, body);
    return undefined;
  },
};
