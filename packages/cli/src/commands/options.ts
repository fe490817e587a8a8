/** Option values as text becomes them; what cannot be one is a usage error that names the option. */

import { quotaInWords, quotaLimits } from '@vivim/contract/admin';
import { AsOf } from '@vivim/contract/as-of';
import { Did } from '@vivim/contract/identity';
import { InvalidArgumentError, Option } from 'commander';

export const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < min || value > max)
      throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
    return value;
  };

export const limitOption = (fallback: number) =>
  new Option('-n, --limit <number>', 'how many to show at most').argParser(wholeNumber(1, 100_000)).default(fallback);

/** Where an id may be left out for a list, `list` asks for it as well: so it is in other programs. */
export const idOrList = (word: string): string | undefined => (word === 'list' ? undefined : word);

/** A day or a time that there is; told to the server as it is written. */
export function time(text: string): string {
  const read = AsOf.safeParse(text.trim());
  if (!read.success)
    throw new InvalidArgumentError('Give a day such as 2024-05-01 or a time such as 2024-05-01T09:30:00Z.');
  return read.data;
}

export const asOfOption = () =>
  new Option('--as-of <time>', 'as it would have been then: only what was said and held by this day or time').argParser(
    time,
  );

export const liveOnlyOption = () =>
  new Option(
    '--live-only',
    'only what is valid: nothing that says what no longer holds, nothing deleted at its source',
  );

const units: Readonly<Record<string, number>> = {
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
};

/** A size such as `500MB` or `32GiB`, in bytes. */
export function byteCount(text: string): number {
  const parts = /^(\d+(?:\.\d+)?)\s*([MGT]i?B)?$/i.exec(text.trim());
  const unit = parts?.[2] === undefined ? 1 : units[parts[2].toUpperCase()];
  if (parts === null || unit === undefined) throw new InvalidArgumentError('Give a size such as 500MB, 32GB or 1TB.');
  return Math.round(Number(parts[1]) * unit);
}

/** How large a space may grow, in bytes. */
export function quota(text: string): number {
  const bytes = byteCount(text);
  if (bytes < quotaLimits.min || bytes > quotaLimits.max)
    throw new InvalidArgumentError(`That is ${bytes} bytes; ${quotaInWords}. Give a size such as 500MB, 32GB or 1TB.`);
  return bytes;
}

/** Sealed, a longer one would not fit where the server keeps it. */
const nameAtMost = 80;

/** What a person calls a device or a token. */
export function givenName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > nameAtMost || /\p{Cc}/u.test(name))
    throw new InvalidArgumentError(`Give a name of 1 to ${nameAtMost} characters.`);
  return name;
}

export const deviceNameOption = () =>
  new Option('--name <name>', 'what to call this device (the name of this machine)').argParser(givenName);

export function givenDid(text: string): string {
  if (!Did.safeParse(text).success || !/^did:[a-z0-9]+:./.test(text))
    throw new InvalidArgumentError('Give a DID, such as did:key:z6Mk…');
  return text;
}

export const accountOption = () =>
  new Option('--account <did>', 'a DID of the account (vivim identity did)').argParser(givenDid);

/** Without what was not said. */
export const present = <T extends Record<string, unknown>>(values: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
