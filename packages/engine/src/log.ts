/**
 * The engine's log: lines of JSON on standard error, which the gateway reads. Only fields named here are ever written,
 * and no message of an error, because those may quote what a person wrote.
 */
import { AppError } from '@vivim/contract/errors';

export interface LogLine {
  readonly level: 'info' | 'error';
  readonly event: string;
  readonly operation?: string;
  readonly traceId?: string;
  readonly error?: { readonly name: string; readonly code?: string; readonly frames: readonly string[] };
}

/** Name, code and places of an error and its causes, without any of its words. */
export function describeError(error: unknown): NonNullable<LogLine['error']> {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] };
  const root = error instanceof AppError && error.cause instanceof Error ? error.cause : error;
  const code = (root as { code?: unknown }).code;
  const frames = (root.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 8)
    .map((line) => line.trim());
  return { name: root.name, ...(typeof code === 'string' ? { code } : {}), frames };
}

export function writeLog(line: LogLine): void {
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
