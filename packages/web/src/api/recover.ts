/** Getting back in without a device: asking with a new key, waiting, finishing; unlocking; and vouching for a friend. */
import { decodeBase64url } from '@vivim/contract/base64url';
import { keyPriority, recoverPayload } from '@vivim/contract/key-log-bytes';
import { type RecoveryMethod, type RecoveryNotice, type RecoveryState, recoveryClaim } from '@vivim/contract/recovery';
import type { RecoveryKey } from '@vivim/contract/recovery-key';
import { signedBytes, signedTags } from '@vivim/contract/signed-object';
import { api } from './client.ts';
import { currentBareKey } from './current-signer.ts';
import { didKey, thumbprint, verificationMethod } from './did-key.ts';
import { type BrowserIdentity, noteIdentity, withNewIdentity } from './identity-store.ts';
import { keysOf, openingKey } from './join.ts';
import { signedEntry } from './key-log.ts';
import { plainApi } from './plain-client.ts';
import { signChallenge } from './sign-in.ts';
import { browserSigner } from './signer.ts';

const vouchBytes = (account: string, kid: string, challengeId: string): Uint8Array =>
  signedBytes(signedTags.recover, recoverPayload(account, kid, challengeId));

/**
 * @param paper the printed key; null asks guardians
 * @throws AppError `signature_invalid` where the words are not those of this account
 */
export const askForRecovery = (account: string, name: string, paper: RecoveryKey | null): Promise<BrowserIdentity> =>
  withNewIdentity(name, async (made) => {
    const proof = await signChallenge(made, 'recovery');
    const { challengeId } = proof;
    const method: RecoveryMethod = paper === null ? 'guardians' : 'recovery-key';
    const approval = paper === null ? {} : { approval: await vouchOnPaper(paper, account, made, challengeId) };
    const encKey = await openingKey(made);
    const body = { account, proof, encKey, platform: 'web', method, ...approval } as const;
    const { id } = await plainApi.createRecoveryRequest({ body });
    return noteIdentity(made, { account, waiting: { kind: 'recovery', requestId: id, challengeId, method } });
  });

async function vouchOnPaper({ sign }: RecoveryKey, account: string, made: BrowserIdentity, challengeId: string) {
  const bytes = vouchBytes(account, await thumbprint(made.publicKey), challengeId);
  return { kid: sign.kid, did: didKey(decodeBase64url(sign.publicKey)), signature: await sign.signBytes(bytes) };
}

/** What guardians compare with the one they know. */
export const claimOfRecovery = ({ did, account = '' }: BrowserIdentity, challengeId: string) =>
  recoveryClaim({ account, did, challengeId });

export const recoveryState = (requestId: string): Promise<RecoveryState> =>
  plainApi.getRecoveryRequest({ params: { id: requestId } });

/** Puts the new key in force. @throws AppError `recovery_pending`, `key_log_conflict` where the log moved on just now */
export async function finishRecovery(
  identity: BrowserIdentity,
  { id, deviceId, head, vouchers }: RecoveryState,
  revokeOthers: boolean,
): Promise<void> {
  if (head === null) throw new Error(`the recovery ${id} is not ready`);
  const keys = await keysOf(identity.did, await openingKey(identity));
  const signer = await browserSigner(identity, keyPriority.added);
  const change = { op: 'recover', requestId: id, keys, deviceId, approvals: vouchers, revokeOthers } as const;
  const entry = await signedEntry(head, { ...change, keys: [...keys] }, signer);
  await plainApi.completeRecovery({ params: { id }, body: { entry } });
}

/** As a guardian: says that a new key is a friend's. @param did under which this person is their guardian */
export async function vouchFor({ id, account, kid, challengeId }: RecoveryNotice, did: string): Promise<void> {
  const key = await currentBareKey();
  const signature = await key.sign(vouchBytes(account, kid, challengeId));
  await api.vouchForRecovery({ params: { id }, body: { kid: key.kid, did, signature } });
}

/** Unlocks the account whose key on paper this is. @throws AppError `key_not_authorized` where it is nobody's */
export async function unlock({ sign }: RecoveryKey): Promise<void> {
  const did = didKey(decodeBase64url(sign.publicKey));
  const { challengeId, message } = await plainApi.createChallenge({
    body: { did, jkt: sign.kid, purpose: 'recovery' },
  });
  const signature = await sign.signBytes(new TextEncoder().encode(message));
  await plainApi.unlockAccount({ body: { proof: { challengeId, kid: verificationMethod(did), signature } } });
}
