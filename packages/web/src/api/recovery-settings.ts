/** Setting how a person gets back in: the key on paper, and guardians. Each is changed without touching the other. */
import type { Guardians, KeyLog, KeyLogPayload } from '@vivim/contract/key-log';
import { keyPriority } from '@vivim/contract/key-log';
import { replay } from '@vivim/contract/key-log-rules';
import type { RecoveryKey } from '@vivim/contract/recovery-key';
import { api } from './client.ts';
import { currentSigner } from './current-signer.ts';
import { appendEntry } from './key-log.ts';

type Setting = Pick<Extract<KeyLogPayload, { op: 'setRecovery' }>, 'recovery' | 'guardians'>;

/** What was set when entry `until` came, or what is set now. */
export function recoveryIn(entries: KeyLog['entries'], until?: number): Setting {
  const { keys, guardians } = replay(
    entries.map(({ at, ...entry }) => ({ ...entry, at: new Date(at) })),
    until,
  );
  const live = [...keys.values()];
  const sign = live.find(({ purpose }) => purpose === 'recovery');
  const enc = live.find(({ purpose }) => purpose === 'recovery-enc');
  return { recovery: sign === undefined || enc === undefined ? null : { sign, enc }, guardians };
}

async function set(part: Partial<Setting>): Promise<void> {
  const now = recoveryIn((await api.getKeyLog({})).entries);
  await appendEntry({ op: 'setRecovery', ...now, ...part }, await currentSigner());
}

const priority = keyPriority.recovery;

/** Replaces the one there is: its words open nothing any more. Null leaves none. */
export const setRecoveryKey = (key: RecoveryKey | null): Promise<void> =>
  set({
    recovery:
      key === null
        ? null
        : {
            sign: { kid: key.sign.kid, alg: 'Ed25519', publicKey: key.sign.publicKey, purpose: 'recovery', priority },
            enc: { kid: key.seal.kid, alg: 'X25519', publicKey: key.seal.publicKey, purpose: 'recovery-enc', priority },
          },
  });

export const setGuardians = (guardians: Guardians | null): Promise<void> => set({ guardians });
