/**
 * What browsers' extensions put around what a site gave them: `{data: …}`, `{data: {conversations: […]}}`. Opened where nothing else is
 * known of a file, so that what is inside is judged as if it had come alone. Bounded: a larger one is no saved answer of a site.
 */
import type { CanonicalIssue } from './canonical.ts';
import { formatOf } from './detect.ts';
import { look, type Seen } from './look.ts';
import { scatteredIn } from './scattered.ts';
import { asRecord, isRecord, type JsonRecord } from './sources/json-value.ts';

/** Fields that hold what a site answered, and how deep they may lie in each other. */
const holders = [
  'data',
  'conversation',
  'conversations',
  'chat',
  'chats',
  'result',
  'results',
  'items',
  'tasks',
  'generations',
] as const;
const deepest = 3;
const most = 32 * 1024 ** 2;

export interface Opened {
  readonly open: () => AsyncIterable<Buffer>;
  readonly seen: Seen;
  /** Says what of the envelope was left, where that is more than a label. */
  readonly note: CanonicalIssue | null;
}

/** @returns what is inside, where a source knows it; else null */
export async function openEnvelope(file: {
  readonly path: string;
  readonly bytes: number;
  open(): AsyncIterable<Buffer>;
}): Promise<Opened | null> {
  if (file.bytes > most) return null;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of file.open()) {
    length += chunk.length;
    // UTF-16 may be more than the file's own bytes.
    if (length > most) return null;
    chunks.push(chunk);
  }
  let value: unknown;
  try {
    value = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return null;
  }
  return (await openHolders(file.path, value)) ?? (await openScattered(file.path, value));
}

/** What lies under one of the names sites use, and in nothing else. */
async function openHolders(path: string, whole: unknown): Promise<Opened | null> {
  let value = whole;
  const left: string[] = [];
  for (let depth = 0; depth < deepest; depth += 1) {
    const record: JsonRecord | null = asRecord(value);
    const holder = holders.find((name) => isRecord(record?.[name]) || Array.isArray(record?.[name]));
    if (record === null || holder === undefined) return null;
    left.push(
      ...Object.keys(record).filter((key) => key !== holder && typeof record[key] === 'object' && record[key] !== null),
    );
    value = record[holder];
    const bytes = Buffer.from(JSON.stringify(value));
    const open = async function* () {
      yield bytes;
    };
    const seen = await look(open());
    if (formatOf(seen) !== null) return { open, seen, note: noteOf(path, left) };
  }
  return null;
}

/** Conversations between the settings of a program. */
async function openScattered(path: string, value: unknown): Promise<Opened | null> {
  const found = scatteredIn(value);
  if (found === null) return null;
  const bytes = Buffer.from(JSON.stringify(found.conversations));
  const open = async function* () {
    yield bytes;
  };
  const seen = await look(open());
  return formatOf(seen) === null ? null : { open, seen, note: noteOf(path, found.left) };
}

export function noteOf(path: string, left: readonly string[]): CanonicalIssue | null {
  if (left.length === 0) return null;
  const named = left.slice(0, 20).map((key) => `"${key.slice(0, 60).toWellFormed()}"`);
  const detail = `Around its conversations the file holds ${named.join(', ')}, which is not known here and is not imported.`;
  return { severity: 'note', code: 'beside_not_imported', path, detail };
}
