/** What may go through later, and how long a command waits for it. */

import { mayPassLater } from '@vivim/client/send-file';
import { AppError } from '@vivim/contract/errors';
import { CliError } from '../cli-error.ts';

/** May the same question be answered later? */
export function mayPass(error: unknown): boolean {
  if (error instanceof AppError) return mayPassLater(error);
  if (error instanceof CliError) return error.failure === 'unreachable';
  // A stream that broke while it was read.
  return error instanceof TypeError;
}

/** Milliseconds between tries while the server stays away: about a minute in all. */
export const patience = [250, 500, 1_000, 2_000, 4_000, 5_000, 10_000, 15_000, 20_000] as const;
