/**
 * What an engine may write to the operator's log. An engine handles private text, and an error's message can quote it,
 * so nothing passes but named fields of short plain values and the places of a stack.
 */
import type { FleetLog } from './fleet-log.ts';

export interface CleanLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly fields: Readonly<Record<string, string | number>>;
}

const kept = new Set(['name', 'code', 'operation', 'attempt', 'status', 'ms']);
const plainWord = /^[\w.:/-]{1,80}$/;
const frame = /^\s*at (?:([\w.<>$#[\] ]{1,120}) \()?[\w@:./-]{0,300}?([\w.-]+:\d+:\d+)\)?$/;
const errorName = /^(?:Uncaught )?(\w*(?:Error|Exception))\b/;
/** The launcher says which part of the wall does not stand; a path it may name besides stays out. */
const wall = /^engine-jail: ([A-Za-z][\w ,;.'-]{1,100})/;
const fatal = /^FATAL ERROR: [\w :().-]{1,100}/;
/** Places shown of a stack: where it broke and who called. */
const framesShown = 3;

/** One line of a process's standard error, reduced to what may be kept; null when nothing may. */
export function cleanEngineLine(line: string): CleanLine | null {
  if (line.startsWith('{')) return cleanRecord(line);
  const at = place(line);
  if (at !== null) return { level: 'error', event: 'engine.stack', fields: { at } };
  const reason = fatal.exec(line)?.[0];
  if (reason !== undefined) return { level: 'error', event: 'engine.fatal', fields: { reason } };
  const fallen = wall.exec(line)?.[1];
  if (fallen !== undefined) return { level: 'error', event: 'engine.wall', fields: { reason: fallen } };
  const name = errorName.exec(line)?.[1];
  return name === undefined ? null : { level: 'error', event: 'engine.error', fields: { name } };
}

/** Log what may be kept of a line. @param engine which process, as the log names it */
export function logEngineLine(log: FleetLog, engine: string, line: string): void {
  const clean = cleanEngineLine(line);
  if (clean !== null) log[clean.level]({ ...clean.fields, engine }, clean.event);
}

/** A record: `{level, event, traceId, …fields, error: {name, code, frames}}`. */
function cleanRecord(line: string): CleanLine | null {
  const record = parseObject(line);
  if (record === null) return null;
  const { level, event, error, traceId } = record;
  const failure = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
  const frames = Array.isArray(failure.frames) ? failure.frames : [];
  const at = frames.map((one) => (typeof one === 'string' ? place(one) : null)).filter((one) => one !== null);
  return {
    level: level === 'info' || level === 'error' ? level : 'warn',
    event: typeof event === 'string' && plainWord.test(event) ? `engine.${event}` : 'engine.line',
    fields: {
      ...plainFields(record),
      ...plainFields(failure),
      ...(typeof traceId === 'string' && plainWord.test(traceId) ? { trace: traceId } : {}),
      ...(at.length === 0 ? {} : { at: at.slice(0, framesShown).join(' < ') }),
    },
  };
}

/** `function file:line:column` of one frame of a stack, without the directory; null for any other text. */
function place(text: string): string | null {
  const found = frame.exec(text);
  if (found === null) return null;
  const [, inFunction, position = ''] = found;
  return inFunction === undefined ? position : `${inFunction} ${position}`;
}

const plainFields = (record: Record<string, unknown>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(record).filter((entry): entry is [string, string | number] => {
      const [name, value] = entry;
      return kept.has(name) && (typeof value === 'number' || (typeof value === 'string' && plainWord.test(value)));
    }),
  );

function parseObject(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
