/** The key on paper, and getting back in with it. */
import { keyPriority, type LoggedKey, recoverPayload, type SignedEntry } from '@vivim/contract/key-log';
import type { RecoveryState } from '@vivim/contract/recovery';
import { signedTags } from '@vivim/contract/signed-object';
import { appendChange, loggedKey, newSealingKey, signEntry, signObject } from './key-log.ts';
import { type IdentityKey, newIdentity } from './proofs.ts';
import { type Answer, type SignedIn, send, signedAttempt } from './sign-in.ts';
import type { TestGateway } from './test-gateway.ts';

/** Makes a recovery key, puts it into the person's log. @returns what lies on paper */
export async function printRecoveryKey(person: SignedIn): Promise<IdentityKey> {
  const paper = newIdentity();
  const recovery = {
    sign: loggedKey(paper, 'recovery', keyPriority.recovery),
    enc: newSealingKey('recovery-enc', keyPriority.recovery),
  };
  const answer = await appendChange(person, { op: 'setRecovery', recovery, guardians: null });
  if (answer.status !== 200) throw new Error(`setting a recovery answered ${JSON.stringify(answer.body)}`);
  return paper;
}

export interface Recovery {
  readonly id: string;
  readonly identity: IdentityKey;
  /** The entry that completes it, once its wait is over. */
  entry(): Promise<SignedEntry>;
}

/** A new key asks to be let in, with the signature of the key on paper. */
export async function askForRecovery(gateway: TestGateway, account: string, paper: IdentityKey): Promise<Recovery> {
  const identity = newIdentity();
  const enc: LoggedKey = newSealingKey('device-enc');
  const proof = await signedAttempt(gateway, identity, 'recovery', identity.jkt);
  const claim = recoverPayload(account, identity.jkt, proof.challengeId);
  const approval = { kid: paper.jkt, did: account, signature: signObject(paper, signedTags.recover, claim) };
  const json = { account, proof, encKey: enc.publicKey, platform: 'cli', method: 'recovery-key', approval };
  const { status, body } = await send(gateway, 'POST', '/v1/recovery/requests', { json });
  if (status !== 201) throw new Error(`asking answered ${status} ${JSON.stringify(body)}`);
  const id = String(body.id);
  return {
    id,
    identity,
    async entry() {
      const state = (await send(gateway, 'GET', `/v1/recovery/requests/${id}`)).body as unknown as RecoveryState;
      if (state.head === null) throw new Error(`the recovery is ${state.state}`);
      return signEntry(identity, {
        seq: state.head.seq + 1,
        prev: state.head.hash,
        op: 'recover',
        requestId: id,
        keys: [loggedKey(identity, 'device-auth'), enc],
        deviceId: state.deviceId,
        approvals: [approval],
        revokeOthers: true,
      });
    },
  };
}

export const completeRecovery = (gateway: TestGateway, { id }: Recovery, entry: SignedEntry): Promise<Answer> =>
  send(gateway, 'POST', `/v1/recovery/requests/${id}/completion`, { json: { entry } });
