/** The two ways out: results on standard output, words for the person on standard error. */
import { AppError, errorStatus } from '@vivim/contract/errors';
import { CliError } from '../cli-error.ts';
import type { GlobalOptions, World } from '../world.ts';
import { plain } from './text.ts';

/** A line of the result. */
export const print = (world: World, text: string): void => void world.stdout.write(`${text}\n`);

/** A line for the person, never part of the result. */
export const say = (world: World, text: string): void => void world.stderr.write(`${text}\n`);

/** The result as `--json` wants it, or as `human` renders it. One line, so that several results are a stream of lines. */
export function show<T>(world: World, options: GlobalOptions, value: T, human: (value: T) => string): void {
  print(world, options.json ? JSON.stringify(value) : human(value));
  if (!options.json && isCut(value)) say(world, 'There is more: --limit says how many are shown.');
}

/** A page that another follows; with `--json` its `nextCursor` says so. */
const isCut = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'nextCursor' in value && typeof value.nextCursor === 'string';

/** An error as `--json` gives it on standard error. */
interface Described {
  readonly code: string;
  readonly detail: string;
  readonly field?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly traceId?: string | undefined;
}

function describe(error: unknown): Described {
  if (error instanceof AppError) {
    const { code, message: detail, field, retryAfterSeconds, traceId } = error;
    return { code, detail, field, retryAfterSeconds, traceId };
  }
  if (error instanceof CliError) return { code: error.failure, detail: error.message };
  return { code: 'unexpected', detail: error instanceof Error ? error.message : String(error) };
}

/** What its person cannot mend: the operator finds it by its trace. */
const isOfTheServer = (error: unknown): boolean => error instanceof AppError && errorStatus[error.code] >= 500;

/** A trace is told where the server is at fault, to programs, and to whoever asks for it. */
export function sayError(world: World, json: boolean, error: unknown): void {
  const described = describe(error);
  const { detail, field, retryAfterSeconds, traceId } = described;
  const remarks = [
    field === undefined ? '' : ` (${field})`,
    retryAfterSeconds === undefined ? '' : ` Try again in ${retryAfterSeconds} s.`,
    traceId === undefined || !(world.verbose === true || isOfTheServer(error)) ? '' : ` Trace ${traceId}.`,
  ];
  say(world, json ? JSON.stringify(described) : `vivim: ${plain(detail)}${remarks.join('')}`);
}
