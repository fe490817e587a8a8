/** Setting how a person gets back in: the key on paper, and guardians. Each is changed without touching the other. */
import { isoTime } from '@vivim/contract/clock';
import type { Guardians, KeyLog, KeyLogPayload } from '@vivim/contract/key-log';
import { keyPriority } from '@vivim/contract/key-log-bytes';
import { replay } from '@vivim/contract/key-log-rules';
import { nullifyHours } from '@vivim/contract/recovery';
import type { RecoveryKey } from '@vivim/contract/recovery-key';
import { api } from './client.ts';
import { currentSigner } from './current-signer.ts';
import { appendEntry } from './key-log.ts';
import type { Signer } from './signer.ts';

type Setting = Pick<Extract<KeyLogPayload, { op: 'setRecovery' }>, 'recovery' | 'guardians'>;

const stateIn = (entries: KeyLog['entries'], until?: number) =>
  replay(
    entries.map(({ at, ...entry }) => ({ ...entry, at: new Date(at) })),
    until,
  );

/** When the key on paper can change without its own signature (ISO 8601); null where nobody announced that. */
export function changeableFrom(entries: KeyLog['entries']): string | null {
  const { announcedAt } = stateIn(entries);
  return announcedAt === null ? null : isoTime(announcedAt.getTime() + nullifyHours * 3_600_000);
}

/** What was set when entry `until` came, or what is set now. */
export function recoveryIn(entries: KeyLog['entries'], until?: number): Setting {
  const { keys, guardians } = stateIn(entries, until);
  const live = [...keys.values()];
  const sign = live.find(({ purpose }) => purpose === 'recovery');
  const enc = live.find(({ purpose }) => purpose === 'recovery-enc');
  return { recovery: sign === undefined || enc === undefined ? null : { sign, enc }, guardians };
}

async function set(part: Partial<Setting>, signer?: Signer): Promise<KeyLog> {
  const now = recoveryIn((await api.getKeyLog({})).entries);
  return appendEntry({ op: 'setRecovery', ...now, ...part }, signer ?? (await currentSigner()));
}

const priority = keyPriority.recovery;

/**
 * Replaces the one there is: its words open nothing any more. Null leaves none.
 *
 * @param signer the key on paper there was; without it a change of one is only announced at first
 * @returns whether it is in force
 */
export async function setRecoveryKey(key: RecoveryKey | null, signer?: Signer): Promise<boolean> {
  const recovery: Setting['recovery'] =
    key === null
      ? null
      : {
          sign: { kid: key.sign.kid, alg: 'Ed25519', publicKey: key.sign.publicKey, purpose: 'recovery', priority },
          enc: { kid: key.seal.kid, alg: 'X25519', publicKey: key.seal.publicKey, purpose: 'recovery-enc', priority },
        };
  const { entries } = await set({ recovery }, signer);
  return recoveryIn(entries).recovery?.sign.kid === recovery?.sign.kid;
}

export const setGuardians = (guardians: Guardians | null): Promise<unknown> => set({ guardians });
