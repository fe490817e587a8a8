/** Setting how a person gets back in: the key on paper, and guardians. Each is changed without touching the other. */
import type { Guardians, KeyLog, KeyLogPayload } from '@vivim/contract/key-log';
import { keyPriority } from '@vivim/contract/key-log';
import type { RecoveryKey } from '@vivim/contract/recovery-key';
import { api } from './client.ts';
import { currentSigner } from './current-signer.ts';
import { appendEntry } from './key-log.ts';

type Setting = Extract<KeyLogPayload, { op: 'setRecovery' }>;

/** What is set once these entries are in force. */
export function recoveryIn(entries: KeyLog['entries']): Pick<Setting, 'recovery' | 'guardians'> {
  const last = entries.findLast(({ payload, nullifiedBy }) => payload.op === 'setRecovery' && nullifiedBy === null);
  if (last?.payload.op !== 'setRecovery') return { recovery: null, guardians: null };
  return { recovery: last.payload.recovery, guardians: last.payload.guardians };
}

async function set(part: Partial<Pick<Setting, 'recovery' | 'guardians'>>): Promise<void> {
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
