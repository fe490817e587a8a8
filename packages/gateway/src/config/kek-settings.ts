/** Where the key-encryption key comes from, as the operator set it: one place, or the default. Holds no key and no passphrase. */
import { resolve } from 'node:path';
import { type KekSource, parseKekCommand } from '@vivim/contract/kek';
import { z } from 'zod';

export const kekShape = {
  VIVIM_KEK: z.enum(['passphrase']).optional(),
  VIVIM_KEK_FILE: z.string().optional(),
  VIVIM_KEK_COMMAND: z
    .string()
    .refine(
      (text) => parseKekCommand(text) !== null,
      'write a program by its whole path and its arguments, such as /usr/bin/pass show vivim, or a JSON array of them',
    )
    .optional(),
  VIVIM_KEK_PASSPHRASE_FILE: z.string().optional(),
};

export interface KekSettings {
  /** Null: the file `keys/kek` below the data directory. */
  readonly source: KekSource | null;
  /** Where a passphrase is read from. Null: it is asked for at the terminal. */
  readonly passphraseFile: string | null;
}

type Set = Readonly<Partial<Record<keyof typeof kekShape, string | undefined>>>;

/** What is wrong where two places are named; null where at most one is. */
export function kekConflict(set: Set): string | null {
  const named = [
    ...(set.VIVIM_KEK_FILE === undefined ? [] : ['VIVIM_KEK_FILE']),
    ...(set.VIVIM_KEK_COMMAND === undefined ? [] : ['VIVIM_KEK_COMMAND']),
    ...(set.VIVIM_KEK === undefined && set.VIVIM_KEK_PASSPHRASE_FILE === undefined
      ? []
      : [set.VIVIM_KEK === undefined ? 'VIVIM_KEK_PASSPHRASE_FILE' : 'VIVIM_KEK=passphrase']),
  ];
  return named.length < 2
    ? null
    : `${named.join(' and ')}: the key-encryption key comes from one place; keep one of these settings`;
}

export function kekSettings(set: Set): KekSettings {
  const command = set.VIVIM_KEK_COMMAND === undefined ? null : parseKekCommand(set.VIVIM_KEK_COMMAND);
  const passphraseFile = set.VIVIM_KEK_PASSPHRASE_FILE === undefined ? null : resolve(set.VIVIM_KEK_PASSPHRASE_FILE);
  const source = (): KekSource | null => {
    if (command !== null) return { kind: 'command', command };
    if (set.VIVIM_KEK !== undefined || passphraseFile !== null) return { kind: 'passphrase' };
    return set.VIVIM_KEK_FILE === undefined ? null : { kind: 'file', path: resolve(set.VIVIM_KEK_FILE) };
  };
  return { source: source(), passphraseFile };
}
