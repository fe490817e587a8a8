/** What an error says of a watcher's work: whether it is about one file, about everything for now, or about everything for good. */
import { AppError, type ErrorCode } from '@vivim/contract/errors';
import { CliError, systemCode } from '../cli-error.ts';
import { exitCodeOf, exitCodes } from '../output/exit-code.ts';

/** `file`: the others go on. `passing`: nothing comes in now; it is tried again. `final`: only a person can mend it. */
export type Reach = 'file' | 'passing' | 'final';

/** The account or the space is there, and takes nothing now. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'engine_unavailable',
  'engine_timeout',
  'models_unavailable',
  'rate_limited',
  'quota_exceeded',
  'space_sealed',
  'space_busy',
  'internal',
]);

export function reachOf(error: unknown): Reach {
  if (exitCodeOf(error) === exitCodes.notSignedIn) return 'final';
  if (error instanceof AppError) return passing.has(error.code) ? 'passing' : 'file';
  if (error instanceof CliError) return error.failure === 'unreachable' ? 'passing' : 'file';
  // A stream that broke while it was read says TypeError; the system names what is wrong with a file.
  return error instanceof TypeError ? 'passing' : 'file';
}

/** A word for it that names nothing of anybody: a code of the server, of this side, or of the system. */
export function codeOf(error: unknown): string {
  if (error instanceof AppError) return error.code;
  const system = systemCode(error);
  if (system !== undefined) return system;
  return error instanceof CliError ? error.failure : 'unexpected';
}
