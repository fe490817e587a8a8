/** Unlocking an account with the key on paper: nobody is signed in, and the paper is all there is to prove it with. */
import { createClient } from '@vivim/client/client';
import type { RecoveryKey } from '@vivim/contract/recovery-key';
import { didOf, verificationMethodOf } from '../profile/identity-key.ts';
import { reach } from '../session/reach.ts';

/** @throws AppError `key_not_authorized` where the words are of no account here */
export async function unlockAccount(server: string, { sign }: RecoveryKey): Promise<void> {
  const client = createClient({ baseUrl: server, fetch: reach(server) });
  const did = didOf({ x: sign.publicKey });
  const { challengeId, message } = await client.createChallenge({ body: { did, jkt: sign.kid, purpose: 'recovery' } });
  const signature = await sign.signBytes(new TextEncoder().encode(message));
  await client.unlockAccount({ body: { proof: { challengeId, kid: verificationMethodOf(did), signature } } });
}
