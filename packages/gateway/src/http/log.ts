/**
 * The operator's log: one JSON line an event on standard error. Only fields on the list get through, whatever is handed
 * in, so that no content, id, DID, query or token can end up in it.
 */
import { pino, stdTimeFunctions } from 'pino';

const loggedFields = [
  'method',
  'route',
  'status',
  'ms',
  'trace',
  'code',
  'engine',
  'mode',
  'jail',
  'pid',
  'signal',
  'exitCode',
  'reason',
  'running',
  'attempt',
  'operation',
  'name',
  'at',
] as const;

export interface Log {
  debug(fields: Readonly<Record<string, unknown>>, event: string): void;
  info(fields: Readonly<Record<string, unknown>>, event: string): void;
  warn(fields: Readonly<Record<string, unknown>>, event: string): void;
  error(fields: Readonly<Record<string, unknown>>, event: string): void;
}

/** Numbers, flags and short words: what a field may hold. */
function allowed(fields: Readonly<Record<string, unknown>>): Record<string, string | number | boolean> {
  const kept: Record<string, string | number | boolean> = {};
  for (const name of loggedFields) {
    const value = fields[name];
    if (typeof value === 'number' || typeof value === 'boolean') kept[name] = value;
    if (typeof value === 'string') kept[name] = value.slice(0, 120);
  }
  return kept;
}

export function createLog(level: 'silent' | 'error' | 'warn' | 'info' | 'debug', write?: (line: string) => void): Log {
  const options = { level, base: null, timestamp: stdTimeFunctions.isoTime };
  const logger =
    write === undefined ? pino(options, pino.destination({ fd: 2, sync: false })) : pino(options, { write });
  return {
    debug: (fields, event) => logger.debug(allowed(fields), event),
    info: (fields, event) => logger.info(allowed(fields), event),
    warn: (fields, event) => logger.warn(allowed(fields), event),
    error: (fields, event) => logger.error(allowed(fields), event),
  };
}
