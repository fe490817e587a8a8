/** Setting how its owner gets back in: the key on paper and the guardians, each without touching the other. */
import { isoTime } from '@vivim/contract/clock';
import type { Guardians, LoggedKey } from '@vivim/contract/key-log';
import { keyPriority } from '@vivim/contract/key-log-bytes';
import type { KeyState } from '@vivim/contract/key-log-rules';
import { nullifyHours } from '@vivim/contract/recovery';
import type { RecoveryKey } from '@vivim/contract/recovery-key';
import { CliError } from '../cli-error.ts';
import type { KeyConnection } from '../session/connection.ts';
import { addEntry, type Change, deviceSigner, paperSigner, stateOf } from './sign-entry.ts';

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

/** @param old the key on paper, where it signs instead of this device. @returns what holds afterwards */
async function setRecovery(
  { client, profile }: KeyConnection,
  old: RecoveryKey | null,
  make: (state: KeyState) => Omit<Extract<Change, { op: 'setRecovery' }>, 'op'>,
): Promise<KeyState> {
  const signer = old === null ? await deviceSigner(profile.identityKey) : paperSigner(old);
  const after = await addEntry(
    client,
    (log) => ({ change: { op: 'setRecovery', ...make(stateOf(log)) }, signer }),
    (entry) => client.appendKeyLog({ body: { entry } }),
  );
  return stateOf(after);
}

/**
 * Puts a key on paper in the place of the one there was, or announces that: without the old one's signature it waits.
 *
 * @param old the key on paper there was; null where there was none, or it is lost
 * @returns null once `key` is in force; where the change was only announced, when it can be made (ISO 8601)
 * @throws CliError `refused` where another device changed it at the same moment
 */
export async function setRecoveryKey(
  connection: KeyConnection,
  key: RecoveryKey,
  old: RecoveryKey | null,
): Promise<string | null> {
  const { announcedAt } = await setRecovery(connection, old, ({ guardians }) => ({
    recovery: onPaper(key),
    guardians,
  }));
  const { recoveryKid } = await connection.client.getRecovery({});
  if (recoveryKid === key.sign.kid) return null;
  if (announcedAt === null)
    throw new CliError('refused', 'Another device changed the recovery key at the same moment.');
  return isoTime(announcedAt.getTime() + nullifyHours * 3_600_000);
}

/** @param guardians null dismisses them all. They change at once: the key on paper stays. */
export async function setGuardians(connection: KeyConnection, guardians: Guardians | null): Promise<void> {
  await setRecovery(connection, null, (state) => ({ recovery: paperOf(state), guardians }));
}
