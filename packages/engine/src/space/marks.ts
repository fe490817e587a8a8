/**
 * Marks of what was erased: hashes under the space's salt, so that what comes again is known and nothing can be read from
 * them. Never holds a word, an id or a name; whoever has no database of the space can do nothing with a mark.
 */
import { hash } from 'node:crypto';
import type { Connection } from '../sqlite/database.ts';
import { saltOf } from './space-row.ts';

/** `name<n>`: a name of n words. */
export type MarkKind =
  | 'conversation'
  | 'message'
  | 'acu'
  | 'topic'
  | 'entity'
  | 'run'
  | 'file'
  | 'memory'
  | 'record'
  | 'secret'
  | `name${number}`;

/** A question to the marks of one space. */
export interface Marks {
  has(kind: MarkKind, ...parts: readonly string[]): boolean;
  /** Whether there is any of this kind: asked before anything is hashed. */
  any(kind: MarkKind): boolean;
  /** Of how many words the names are, most first. */
  readonly nameLengths: readonly number[];
  /** Nothing at all was erased. */
  readonly none: boolean;
}

/** Of a space nothing was erased from. */
export const noMarks: Marks = { has: () => false, any: () => false, nameLengths: [], none: true };

/** `<kind>:` and the first 128 bits of SHA-256 over salt, kind and parts, base64url; parts are length-prefixed. */
export function markOf(connection: Connection, kind: MarkKind, parts: readonly string[]): string {
  const joined = [saltOf(connection), kind, ...parts].map((part) => `${part.length}:${part}`).join('');
  return `${kind}:${hash('sha256', joined, 'buffer').subarray(0, 16).toString('base64url')}`;
}

/** @param kinds of the marks there are */
export function marksBy(connection: Connection, kinds: ReadonlySet<string>, holds: (mark: string) => boolean): Marks {
  const lengths = [...kinds].flatMap((kind) => (kind.startsWith('name') ? [Number(kind.slice(4))] : []));
  return {
    has: (kind, ...parts) => kinds.has(kind) && holds(markOf(connection, kind, parts)),
    any: (kind) => kinds.has(kind),
    nameLengths: lengths.sort((a, b) => b - a),
    none: kinds.size === 0,
  };
}

const kindOf = (mark: string): string => mark.slice(0, mark.indexOf(':'));

/** The marks of one note. */
export function marksOfNote(connection: Connection, marks: readonly string[]): Marks {
  const all = new Set(marks);
  return marksBy(connection, new Set(marks.map(kindOf)), (mark) => all.has(mark));
}
