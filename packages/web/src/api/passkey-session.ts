/** Sessions opened and freshened by a passkey, and the key of names it opens on the way. */
import type { SessionGrant } from '@vivim/contract/identity';
import type { Passkey } from '@vivim/contract/passkeys';
import { type Asked, askPasskey } from './passkey-ceremony.ts';
import { plainApi } from './plain-client.ts';

/** @param passkey what the authenticator gave, for the wrap it opens */
export interface PasskeyLogin {
  readonly grant: SessionGrant;
  readonly passkey: Asked;
}

/** @throws AppError `account_locked`, `signature_invalid` and the like; Error in words when no passkey was given */
export async function signInByPasskey(): Promise<PasskeyLogin> {
  const { challengeId, options } = await plainApi.passkeyLoginOptions({ body: {} });
  const passkey = await askPasskey(options);
  const { response } = passkey;
  return { grant: await plainApi.loginWithPasskey({ body: { challengeId, response } }), passkey };
}

/** A fresh signature for the open session. @returns what the authenticator gave */
export async function freshenByPasskey(): Promise<Asked> {
  const { challengeId, options } = await plainApi.passkeyStepUpOptions({});
  const passkey = await askPasskey(options);
  await plainApi.stepUpWithPasskey({ body: { challengeId, response: passkey.response } });
  return passkey;
}

/** Which of the account's passkeys it was. */
export const passkeyOf = (passkeys: readonly Passkey[], { response }: Asked): Passkey | undefined =>
  passkeys.find(({ id }) => id === response.id);
