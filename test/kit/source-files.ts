/** Read a made-up file the way an import does: recognised, cut, read. Without a database. */
import type { Source } from '@vivim/contract/conversation';
import type { CanonicalConversation, Reading } from '@vivim/engine/capture/canonical';
import type { TellBeside } from '@vivim/engine/capture/cut';
import { planExport } from '@vivim/engine/capture/export-plan';
import { elementsFrom } from '@vivim/engine/capture/import-run';
import { besideIssueOf } from '@vivim/engine/capture/note-beside';
import { contextFor } from '@vivim/engine/capture/plan-shape';
import { readRecord } from '@vivim/engine/capture/read-record';
import { fileOf } from './capture.ts';

export interface ReadFile {
  readonly source: Source;
  readonly confidence: number;
  readonly why: string;
  readonly readings: readonly Reading[];
  readonly notes: readonly { readonly code: string; readonly path: string }[];
}

/** @throws AppError as an import would */
export async function readFile(bytes: Buffer | string, asked: Source | null = null): Promise<ReadFile> {
  const plan = await planExport(fileOf(Buffer.from(bytes as string)), 'a file', asked);
  const readings: Reading[] = [];
  const notes: { readonly code: string; readonly path: string }[] = [...plan.notes];
  const tell: TellBeside = (stream, keys) =>
    notes.push(...[besideIssueOf(stream, keys)].filter((note) => note !== null));
  for await (const element of { [Symbol.asyncIterator]: () => elementsFrom(plan, { stream: 0, element: 0 }, tell) }) {
    readings.push(
      readRecord(
        element.stream.source,
        element.bytes ?? Buffer.alloc(0),
        contextFor(plan, element.stream.source),
        element.twin,
      ),
    );
  }
  const { source, confidence, why } = plan;
  return { source, confidence, why, notes, readings };
}

/** The conversations of a file; what was skipped is a failure. */
export async function conversationsOf(
  bytes: Buffer | string,
  source: Source,
): Promise<readonly CanonicalConversation[]> {
  const file = await readFile(bytes);
  if (file.source !== source) throw new Error(`It was taken for ${file.source}: ${file.why}`);
  return file.readings.map((reading) => {
    if (reading.outcome !== 'conversation') throw new Error(reading.issue.detail);
    return reading.conversation;
  });
}

export const jsonLinesOf = (...rows: readonly unknown[]): string => rows.map((row) => JSON.stringify(row)).join('\n');

/** What a message is, in short: its role, who wrote it, and each part's kind and text. */
export const shortly = (conversation: CanonicalConversation | undefined) =>
  (conversation?.messages ?? []).map(({ role, authorKind, parts }) => [
    role,
    authorKind,
    ...parts.map(({ kind, text }) => `${kind}: ${text}`),
  ]);
