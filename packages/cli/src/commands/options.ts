/** Option values as text becomes them; what cannot be one is a usage error that names the option. */
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
