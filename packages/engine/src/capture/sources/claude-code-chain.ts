/**
 * Calls of one answer that ran side by side. Claude Code writes a row for each block of an answer, and hangs each result on the row of its
 * call: the log of one line of work is a tree, with results that end nowhere. The program itself shows it as one line, and so does this:
 * the rows of an answer and their results stand one behind the other as they were written, and what went on from any of the results goes on
 * from the last. Rows that really were branches (a prompt edited, an answer asked for again) stay branches. Pure.
 */
import type { Turn } from './build-conversation.ts';
import { asId, asRecord, type JsonRecord } from './json-value.ts';

export interface TurnOfRow extends Turn {
  readonly row: JsonRecord;
}

/** @param turns as they stand in the log, each hanging where its row says */
export function inOneLine(turns: readonly TurnOfRow[]): Turn[] {
  const at = new Map(turns.flatMap((turn, ix) => (turn.id === null ? [] : [[turn.id, ix] as const])));
  const parentAt = (ix: number): number | undefined => at.get(turns[ix]?.parent ?? '');
  /** The answer a row is of: its own, or that of the call it is the result of. */
  const answers = turns.map(({ role, row }) => (role === 'assistant' ? asId(asRecord(row.message)?.id) : null));
  const of = turns.map((turn, ix) => answers[ix] ?? (isResult(turn) ? (answers[parentAt(ix) ?? -1] ?? null) : null));
  const parents = new Map<number, string>();
  const lineOf = new Map<number, readonly number[]>();
  for (const line of linesOf(of, parentAt)) {
    const isLine = line.every((ix, place) => place === 0 || parentAt(ix) === line[place - 1]);
    if (isLine || line.some((ix) => turns[ix]?.id === null)) continue;
    for (const [place, ix] of line.entries()) {
      lineOf.set(ix, line);
      if (place > 0) parents.set(ix, idAt(turns, line[place - 1]));
    }
  }
  for (const ix of turns.keys()) {
    const from = parentAt(ix);
    const line = from === undefined || lineOf.has(ix) ? undefined : lineOf.get(from);
    const last = line?.at(-1);
    if (from === undefined || line === undefined || last === undefined || ix < last) continue;
    const lastAnswer = line.findLast((one) => answers[one] !== null);
    if (isResult(turns[from] as TurnOfRow) || from === lastAnswer) parents.set(ix, idAt(turns, last));
  }
  return turns.map(({ row: _, ...turn }, ix) =>
    parents.has(ix) ? { ...turn, parent: parents.get(ix) ?? null } : turn,
  );
}

const idAt = (turns: readonly TurnOfRow[], ix: number | undefined): string => turns[ix ?? -1]?.id ?? '';

const isResult = ({ role, parts }: Turn): boolean =>
  role === 'user' && parts.some(({ kind }) => kind === 'tool_result' || kind === 'error');

/** Rows of one answer that hang together, in the order of the log: one that was replayed elsewhere in it is another line. */
function linesOf(of: readonly (string | null)[], parentAt: (ix: number) => number | undefined): readonly number[][] {
  const lines = new Map<number, number[]>();
  const rootOf = new Map<number, number>();
  of.forEach((answer, ix) => {
    if (answer === null) return;
    const parent = parentAt(ix);
    const root = parent !== undefined && of[parent] === answer ? (rootOf.get(parent) ?? ix) : ix;
    rootOf.set(ix, root);
    const line = lines.get(root);
    if (line === undefined) lines.set(root, [ix]);
    else line.push(ix);
  });
  return [...lines.values()].filter(({ length }) => length > 2);
}
