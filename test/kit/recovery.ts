/** The key on paper, and getting back in with it. */
import type { KeyLogPayload, RecoveryApproval, SignedEntry } from '@vivim/contract/key-log';
import { recoverPayload } from '@vivim/contract/key-log-bytes';
import { RecoveryState } from '@vivim/contract/recovery';
import { signedTags } from '@vivim/contract/signed-object';
import {
  appendChange,
  loggedKey,
  newRecoveryKey,
  newSealingKey,
  type SealingTestKey,
  signEntry,
  signObject,
} from './keyring.ts';
import { type IdentityKey, newIdentity } from './proofs.ts';
import { type Answer, type SignedIn, send, signedAttempt } from './sign-in.ts';
import type { TestGateway } from './test-gateway.ts';

/** Makes a recovery key, puts it into the person's log. @param old the one it replaces. @returns the half of it that signs */
export async function printRecoveryKey(person: SignedIn, old?: IdentityKey): Promise<IdentityKey> {
  const { sign, named } = await newRecoveryKey();
  const answer = await appendChange(person, { op: 'setRecovery', recovery: named, guardians: null }, old);
  if (answer.status !== 200) throw new Error(`setting a recovery answered ${JSON.stringify(answer.body)}`);
  return sign;
}

export interface Recovery {
  readonly id: string;
  readonly identity: IdentityKey;
  readonly account: string;
  readonly challengeId: string;
  readonly enc: SealingTestKey;
  /** As it was asked for. */
  readonly asked: RecoveryState;
  /** The entry that completes it, once its wait is over. */
  entry(change?: Partial<Extract<KeyLogPayload, { op: 'recover' }>>): Promise<SignedEntry>;
}

export const recoveryState = async (gateway: TestGateway, id: string): Promise<RecoveryState> =>
  RecoveryState.parse((await send(gateway, 'GET', `/v1/recovery/requests/${id}`)).body);

/** What vouches for the new key of a recovery. */
export const voiceFor = (
  signer: IdentityKey,
  { account, identity, challengeId }: Pick<Recovery, 'account' | 'identity' | 'challengeId'>,
): RecoveryApproval => ({
  kid: signer.jkt,
  did: signer.did,
  signature: signObject(signer, signedTags.recover, recoverPayload(account, identity.jkt, challengeId)),
});

/** A new key asks to be let in. @param paper the key on paper; without it guardians are asked */
export async function tryRecovery(
  gateway: TestGateway,
  account: string,
  paper?: IdentityKey,
): Promise<Answer & { readonly recovery: Omit<Recovery, 'id' | 'asked' | 'entry'> }> {
  const identity = newIdentity();
  const enc = await newSealingKey();
  const proof = await signedAttempt(gateway, identity, 'recovery', identity.jkt);
  const recovery = { account, identity, enc, challengeId: proof.challengeId };
  const method =
    paper === undefined
      ? { method: 'guardians' }
      : { method: 'recovery-key', approval: { ...voiceFor(paper, recovery), did: account } };
  const json = { account, proof, encKey: enc.encKey, platform: 'cli', ...method };
  return { ...(await send(gateway, 'POST', '/v1/recovery/requests', { json })), recovery };
}

/** The same, where it is known to work. */
export async function askForRecovery(gateway: TestGateway, account: string, paper?: IdentityKey): Promise<Recovery> {
  const { status, body, recovery } = await tryRecovery(gateway, account, paper);
  if (status !== 201) throw new Error(`asking answered ${status} ${JSON.stringify(body)}`);
  const asked = RecoveryState.parse(body);
  const { id, deviceId } = asked;
  return {
    ...recovery,
    id,
    asked,
    async entry(change = {}) {
      const { head, state, vouchers } = await recoveryState(gateway, id);
      if (head === null) throw new Error(`the recovery is ${state}`);
      return signEntry(recovery.identity, {
        seq: head.seq + 1,
        prev: head.hash,
        op: 'recover',
        requestId: id,
        keys: [loggedKey(recovery.identity), recovery.enc.logged],
        deviceId,
        approvals: vouchers,
        revokeOthers: true,
        ...change,
      });
    },
  };
}

/** A guardian vouches for the new key. */
export const vouch = (guardian: SignedIn, recovery: Recovery): Promise<Answer> =>
  guardian.send('POST', `/v1/recovery/requests/${recovery.id}/approvals`, {
    json: voiceFor(guardian.identity, recovery),
  });

export const completeRecovery = (gateway: TestGateway, { id }: Recovery, entry: SignedEntry): Promise<Answer> =>
  send(gateway, 'POST', `/v1/recovery/requests/${id}/completion`, { json: { entry } });
