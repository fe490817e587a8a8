/** Setting how its owner gets back in: the key on paper and the guardians, each without touching the other. */
import { type Guardians, keyPriority, type LoggedKey } from '@vivim/contract/key-log';
import type { KeyState } from '@vivim/contract/key-log-rules';
import type { RecoveryKey } from '@vivim/contract/recovery-key';
import type { KeyConnection } from '../session/connect.ts';
import { addEntry, type Change, deviceSigner, stateOf } from './sign-entry.ts';

type Recovery = Extract<Change, { op: 'setRecovery' }>['recovery'];

const onPaper = (key: RecoveryKey): Recovery => {
  const { recovery: priority } = keyPriority;
  return {
    sign: { kid: key.sign.kid, alg: 'Ed25519', publicKey: key.sign.publicKey, purpose: 'recovery', priority },
    enc: { kid: key.seal.kid, alg: 'X25519', publicKey: key.seal.publicKey, purpose: 'recovery-enc', priority },
  };
};

/** The key on paper that is in force; null without one. */
function paperOf({ keys }: KeyState): Recovery {
  const find = (purpose: LoggedKey['purpose']) => [...keys.values()].find((key) => key.purpose === purpose);
  const [sign, enc] = [find('recovery'), find('recovery-enc')];
  return sign === undefined || enc === undefined ? null : { sign, enc };
}

async function setRecovery(
  { client, profile }: KeyConnection,
  make: (state: KeyState) => Omit<Extract<Change, { op: 'setRecovery' }>, 'op'>,
): Promise<void> {
  const signer = await deviceSigner(profile.identityKey);
  await addEntry(
    client,
    (log) => ({ change: { op: 'setRecovery', ...make(stateOf(log)) }, signer }),
    (entry) => client.appendKeyLog({ body: { entry } }),
  );
}

/** Puts a key on paper in force, in the place of the one there was. */
export const setRecoveryKey = (connection: KeyConnection, key: RecoveryKey): Promise<void> =>
  setRecovery(connection, ({ guardians }) => ({ recovery: onPaper(key), guardians }));

/** @param guardians null dismisses them all */
export const setGuardians = (connection: KeyConnection, guardians: Guardians | null): Promise<void> =>
  setRecovery(connection, (state) => ({ recovery: paperOf(state), guardians }));
