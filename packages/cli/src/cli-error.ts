/** Failures that arise on this side of the wire; those of the server are AppErrors. */

/** What went wrong, as far as a caller cares: each has an exit code. */
export type LocalFailure =
  | 'usage'
  | 'no_profile'
  | 'profile_exists'
  | 'profile_pending'
  | 'token_not_enough'
  | 'not_there'
  | 'already_there'
  | 'refused'
  | 'input'
  | 'unreachable'
  | 'cancelled'
  | 'interrupted';

export class CliError extends Error {
  override readonly name = 'CliError';
  readonly failure: LocalFailure;

  /** @param message what was wrong and what to do, for a person */
  constructor(failure: LocalFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}

/** The system's code of a failed call (`ENOENT`, `ECONNREFUSED`), looked for along the chain of causes. */
export function systemCode(error: unknown): string | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string') return each.code;
  }
  return undefined;
}
