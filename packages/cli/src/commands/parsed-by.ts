/** What is given to an option, as its schema has it, or a refusal commander shows beside the option's name. */
import { inPlainWords } from '@vivim/contract/parse';
import { InvalidArgumentError } from 'commander';
import type { z } from 'zod';

export const parsedBy =
  <T extends z.ZodType>(schema: T) =>
  (text: string): z.output<T> => {
    const read = schema.safeParse(text, { error: inPlainWords });
    if (!read.success) throw new InvalidArgumentError(read.error.issues[0]?.message ?? '');
    return read.data;
  };
