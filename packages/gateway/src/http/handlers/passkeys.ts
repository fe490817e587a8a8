/** Passkeys: making one, coming in with one, signing afresh with one. */
import {
  loginWithPasskey,
  passkeyLoginOptions,
  passkeyStepUpOptions,
  stepUpWithPasskey,
} from '../../auth/passkeys/passkey-sign-in.ts';
import { describePasskeys, passkeyRegistrationOptions, registerPasskey } from '../../auth/passkeys/passkeys.ts';
import type { Handlers } from '../call.ts';
import { grantAnswer } from './session-cookie.ts';

export const passkeyHandlers: Handlers<
  | 'passkeyRegistrationOptions'
  | 'registerPasskey'
  | 'passkeyLoginOptions'
  | 'loginWithPasskey'
  | 'passkeyStepUpOptions'
  | 'stepUpWithPasskey'
  | 'listPasskeys'
> = {
  passkeyRegistrationOptions: ({ auth }, { principal, asked }) =>
    passkeyRegistrationOptions(auth, principal, asked.address),
  registerPasskey: ({ auth }, { principal, body }) => registerPasskey(auth, principal, body),
  passkeyLoginOptions: ({ auth }, { body, asked }) => passkeyLoginOptions(auth, body.jkt ?? null, asked.address),
  async loginWithPasskey({ auth }, { body, asked }) {
    return grantAnswer(await loginWithPasskey(auth, body, asked));
  },
  passkeyStepUpOptions: ({ auth }, { principal, asked }) => passkeyStepUpOptions(auth, principal, asked.address),
  async stepUpWithPasskey({ auth }, { principal, body }) {
    await stepUpWithPasskey(auth, principal, body);
    return undefined;
  },
  async listPasskeys({ auth }, { principal }) {
    return { items: await describePasskeys(auth, principal) };
  },
};
