/**
 * Hashes that find a conversation again. Each is chained over everything said before, so that one hash stands for a whole
 * history. Pure. What clients change when they send a history back does not count: reasoning they leave out, ids of calls they
 * make anew, spaces around words, the order of keys, marks for a cache.
 */
import type { LiveDialect } from '@vivim/contract/live';
import { sha256 } from '../../space/hash.ts';
import type { CanonicalPart } from '../canonical.ts';
import { asRecord } from '../sources/json-value.ts';
import { mediaIn, type TurnParts, turnParts, wordsOf } from './turn-parts.ts';
import type { WireTurn } from './wire-turns.ts';

/** 160 bits. */
const short = (text: string): string => sha256(text).slice(0, 40);

/** What a history begins with. */
export const beginning = '';

/** The hash of a history with one turn more. */
export const chained = (before: string, identity: string): string => `t:${short(`${before}\n${identity}`)}`;

/** An answer a service holds under an id of its own. */
export const heldByService = (kind: 'response' | 'conversation', id: string): string =>
  `${kind === 'response' ? 'r' : 'c'}:${short(id)}`;

/** A system prompt, wherever it stands. */
export const settingIdentity = (parts: readonly CanonicalPart[]): string => short(JSON.stringify(parts));

/** What makes a turn that turn. */
export function turnIdentity({ role, parts }: Pick<TurnParts, 'role' | 'parts'>, wire: unknown): string {
  // What ran at the provider has no id there, and many clients leave it out when they send a history back.
  const hosted = Array.isArray(asRecord(wire)?.items);
  const calls = parts.flatMap((part) =>
    (part.kind === 'tool_call' && !(hosted && part.toolCallId === undefined)) || part.kind === 'artifact'
      ? [[part.toolName ?? null, sameJson(part.text ?? '')]]
      : [],
  );
  const results = parts.flatMap((part) =>
    part.toolCallId !== undefined && (part.kind === 'tool_result' || part.kind === 'error')
      ? [sameJson(part.text ?? '')]
      : [],
  );
  const media = mediaIn(wire).map((block) => short(canonical(block)));
  return JSON.stringify([role, wordsOf(parts), calls, results, media]);
}

/** The hash of each turn of a history. */
export function hashesOf(
  dialect: LiveDialect,
  turns: readonly WireTurn[],
  names: ReadonlyMap<string, string>,
  from: string,
): string[] {
  let before = from;
  return turns.map((turn) => {
    before = chained(before, turnIdentity(turnParts(dialect, turn, names), turn.wire));
    return before;
  });
}

/** JSON however it was spaced and ordered, else the words without what surrounds them. */
function sameJson(text: string): string {
  try {
    return canonical(JSON.parse(text));
  } catch {
    return text.trim();
  }
}

/** JSON with keys in order; marks for a service's cache are left out. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (key, at) => {
    if (key === 'cache_control') return undefined;
    const record = asRecord(at);
    return record === null ? at : Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
