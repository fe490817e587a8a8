/**
 * A log of a talk, a JSON value a line: what was said, with marks of the program between (Goose; pi and what is made of it). One conversation:
 * its marks say how it is called and what it is known by, and lead from one message to the next. Pure.
 */
import { isSpoken, titleOf } from './generic-names.ts';
import { asId, asName, isRecord, type JsonRecord } from './json-value.ts';

/** Whether a row is no message: the first says whose log it is, the others what they are. */
const isMark = (row: unknown, ix: number): boolean =>
  isRecord(row) && !isSpoken(row) && (ix === 0 || asName(row.type) !== null);

/** What was said in it; null where other rows stand between, or there is no mark. */
export function saidIn(rows: readonly unknown[]): readonly unknown[] | null {
  const said = rows.filter(isSpoken);
  const marks = rows.filter((row, ix) => isMark(row, ix));
  return marks.length > 0 && said.length + marks.length === rows.length ? said : null;
}

/** As one conversation. */
export function logged(rows: readonly unknown[]): JsonRecord {
  const marks = rows.filter((row, ix): row is JsonRecord => isMark(row, ix));
  const [head] = marks;
  const named = marks.flatMap((mark) => titleOf(mark) ?? asName(mark.description) ?? []);
  // A message may hang on a mark: on what stands above it, then.
  const above = new Map(
    marks.flatMap((mark) => (asId(mark.id) === null ? [] : [[asId(mark.id), asId(mark.parentId)]])),
  );
  const holder = (parent: string | null): string | null => {
    const passed = new Set<string | null>();
    let key = parent;
    while (key !== null && above.has(key) && !passed.has(key)) {
      passed.add(key);
      key = above.get(key) ?? null;
    }
    return key !== null && above.has(key) ? null : key;
  };
  const messages = rows
    .filter(isSpoken)
    .map((row) => (isRecord(row) && 'parentId' in row ? { ...row, parentId: holder(asId(row.parentId)) } : row));
  return {
    id: asId(head?.id) ?? asId(head?.sessionId) ?? asId(head?.session_id) ?? undefined,
    title: named.at(-1),
    createdAt: head?.timestamp,
    working_dir: head?.working_dir ?? head?.cwd,
    messages,
  };
}
