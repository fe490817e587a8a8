/**
 * Where the key-encryption key (KEK) of a server comes from, as settings, the operator's commands and the book beside the keys
 * name it. Never holds the key, nor what it is made from.
 */
import { z } from 'zod';

/** 16 hex digits of a hash over the key: names it, and reveals nothing of it. */
export const KekId = z.string().regex(/^[0-9a-f]{16}$/);

export const KekSource = z.discriminatedUnion('kind', [
  /** 32 bytes in a file of the server's host. */
  z.strictObject({ kind: z.literal('file'), path: z.string().min(1).max(4_096) }),
  /** A program with its arguments, which prints the key. */
  z.strictObject({ kind: z.literal('command'), command: z.array(z.string().max(4_096)).min(1).max(64) }),
  /** Derived from what the operator knows. */
  z.strictObject({ kind: z.literal('passphrase') }),
]);
export type KekSource = z.infer<typeof KekSource>;

const [FileSource, CommandSource] = KekSource.options;

/** Where a rotation is to lead; a passphrase comes along, over the operator's socket. */
export const KekTarget = z.discriminatedUnion('kind', [
  FileSource,
  CommandSource,
  z.strictObject({ kind: z.literal('passphrase'), passphrase: z.string().max(1_024) }),
]);
export type KekTarget = z.infer<typeof KekTarget>;

/** What has to be set for the next start of a server whose KEK comes from there. */
export function kekSetting(source: KekSource): string {
  if (source.kind === 'file') return `VIVIM_KEK_FILE=${source.path}`;
  if (source.kind === 'passphrase') return 'VIVIM_KEK=passphrase';
  return `VIVIM_KEK_COMMAND='${commandText(source.command)}'`;
}

/** A command as the setting takes it: words, or JSON where a word has a space in it. */
const commandText = (command: readonly string[]): string =>
  command.some((word) => word === '' || /[\s'"]/.test(word)) ? JSON.stringify(command) : command.join(' ');

const absolute = /^(\/|[A-Za-z]:[\\/])/;

/**
 * `/usr/bin/pass show vivim`, or a JSON array of words where one holds a space. No shell: nothing is expanded.
 *
 * @returns null where it is neither, or the program is not named by its whole path
 */
export function parseKekCommand(text: string): string[] | null {
  const words = text.trim().startsWith('[') ? jsonWords(text) : text.trim().split(/\s+/);
  return words !== null && absolute.test(words[0] ?? '') ? words : null;
}

function jsonWords(text: string): string[] | null {
  try {
    return z.array(z.string()).min(1).parse(JSON.parse(text));
  } catch {
    return null;
  }
}
