/**
 * The operator's log: one JSON line an event on standard error. Only fields on the list get through, and no value that looks
 * like an id, a DID, an address or a token, whatever is handed in.
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

/**
 * What could name somebody or open something, whatever field it came in: a DID, a UUID, an address, a hash, a token. Trace ids
 * are shorter.
 */
const telling =
  /did:|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-|[\w-]{40,}|\d{1,3}(\.\d{1,3}){3}|(?<![\w.])([0-9a-f]{0,4}:){3,}[0-9a-f]{0,4}/i;

/** Numbers, flags and short words: what a field may hold. */
function allowed(fields: Readonly<Record<string, unknown>>): Record<string, string | number | boolean> {
  const kept: Record<string, string | number | boolean> = {};
  for (const name of loggedFields) {
    const value = fields[name];
    if (typeof value === 'number' || typeof value === 'boolean') kept[name] = value;
    if (typeof value === 'string') kept[name] = telling.test(value) ? 'withheld' : value.slice(0, 120);
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
