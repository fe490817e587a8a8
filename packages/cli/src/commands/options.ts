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
