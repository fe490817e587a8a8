/**
 * Cut a file into records, the way its format says: one at a time, never more of the file in memory than one record (or,
 * where a source must see all of a text to cut it, a text of limited size). The same file is always cut the same way.
 */
import { AppError } from '@vivim/contract/errors';
import { sha256 } from '../space/hash.ts';
import { elementLimits, type JsonElement, JsonElements } from './json-elements.ts';
import { openTables } from './open-tables.ts';
import type { RecordStream } from './plan-shape.ts';
import { SessionCutter } from './session-cutter.ts';
import type { Cut } from './sources/source-module.ts';

export interface CutRecord extends JsonElement {
  /** How many records of the file before this one were the same to the byte, where the format counts them. */
  readonly twin: number;
}

/** A text that a source cuts itself, and a group of entries that wait for each other. */
const wholeBytes = 64 * 1024 ** 2;
/** A group that waits goes on in another record beyond this. */
const groupBytes = elementLimits.elementBytes / 2;
/** Lists one entry may stand in. */
const mostGroups = 32;

/** Told at the end of a list which keys stand beside it, with something under them. */
export type TellBeside = (stream: RecordStream, keys: readonly string[]) => void;

/** @throws AppError where the file breaks off, is damaged or too large */
export async function* cutFile(stream: RecordStream, tell: TellBeside = () => {}): AsyncGenerator<CutRecord> {
  const { cut } = stream.format;
  const twins = ('twins' in cut && cut.twins) === true ? new Map<string, number>() : null;
  for await (const element of elementsOf(stream, cut, tell)) yield { ...element, twin: twinOf(element, twins) };
}

function twinOf(element: JsonElement, seen: Map<string, number> | null): number {
  if (seen === null || element.bytes === null) return 0;
  let end = element.bytes.length;
  while (end > 0 && (element.bytes[end - 1] as number) <= 0x20) end -= 1;
  const key = sha256(element.bytes.subarray(0, end)).slice(0, 32);
  const before = seen.get(key) ?? 0;
  seen.set(key, before + 1);
  return before;
}

function elementsOf(stream: RecordStream, cut: Cut, tell: TellBeside): AsyncIterable<JsonElement> {
  switch (cut.kind) {
    case 'list':
      return cut.after === undefined ? listed(stream, tell, cut.under) : listedAfter(stream, cut.after);
    case 'grouped':
      return grouped(stream, tell, cut.keyOf);
    case 'lines':
      return lines(stream);
    case 'session':
      return session(stream);
    case 'whole':
      return whole(stream);
    case 'pieces':
      return pieces(stream, cut.split);
    case 'database':
      return database(stream, cut.records);
  }
}

async function* listed(stream: RecordStream, tell: TellBeside, under?: string): AsyncGenerator<JsonElement> {
  const splitter = new JsonElements(elementLimits, under);
  for await (const chunk of stream.open()) {
    const elements = splitter.push(chunk);
    if (under === undefined || splitter.inList) yield* elements;
  }
  splitter.end();
  if (splitter.beside.length > 0) tell(stream, splitter.beside);
}

/** @throws AppError `import_json_invalid` where the words are not there, or the list breaks off */
async function* listedAfter(stream: RecordStream, words: string): AsyncGenerator<JsonElement> {
  const splitter = new JsonElements();
  const mark = Buffer.from(words);
  let before: Buffer | null = Buffer.alloc(0);
  for await (const chunk of stream.open()) {
    let list = chunk;
    if (before !== null) {
      const read: Buffer = Buffer.concat([before, chunk]);
      const at = read.indexOf(mark);
      before = at === -1 ? read.subarray(Math.max(0, read.length - mark.length)) : null;
      if (at === -1) continue;
      list = read.subarray(at + mark.length);
    }
    yield* splitter.push(list);
    // What follows is the page's.
    if (splitter.closed) return;
  }
  splitter.end();
}

async function* grouped(
  stream: RecordStream,
  tell: TellBeside,
  keyOf: Extract<Cut, { kind: 'grouped' }>['keyOf'],
): AsyncGenerator<JsonElement> {
  const groups = new Map<string, Buffer[]>();
  /** Keys of lists that hold an entry other lists hold as well: which of them one is must be said. */
  const shared = new Set<string>();
  let held = 0;
  let ix = 0;
  let end = 0;
  const flush = function* (): Generator<JsonElement> {
    for (const [key, group] of groups) {
      const head = shared.has(key) ? [Buffer.from(JSON.stringify({ vivimGroup: key }))] : [];
      yield { ix: ix++, bytes: listOf([...head, ...group]), refused: null, end };
    }
    groups.clear();
    held = 0;
  };
  for await (const element of listed(stream, tell)) {
    end = element.end;
    const found = element.bytes === null ? null : keyOf(parsed(element.bytes));
    const keys = typeof found === 'string' ? [found] : (found ?? []).slice(0, mostGroups);
    if (element.bytes === null || keys.length === 0) {
      yield { ...element, ix: ix++ };
      continue;
    }
    for (const key of keys) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [element.bytes]);
      else group.push(element.bytes);
      if (keys.length > 1) shared.add(key);
      held += element.bytes.length;
    }
    // What comes later of a group is joined with it as another version of the same conversation.
    if (held > groupBytes) yield* flush();
  }
  yield* flush();
}

const listOf = (entries: readonly Buffer[]): Buffer =>
  Buffer.concat([
    Buffer.from('['),
    ...entries.flatMap((entry, ix) => (ix === 0 ? [entry] : [Buffer.from(','), entry])),
    Buffer.from(']'),
  ]);

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

const newline = 0x0a;

/** Lines with the newline they end with; one beyond the limit comes as null. */
async function* rawLines(stream: RecordStream): AsyncGenerator<{ bytes: Buffer | null; end: number }> {
  let held: Buffer[] = [];
  let length = 0;
  let offset = 0;
  const take = (): Buffer | null => {
    const bytes = length > elementLimits.elementBytes ? null : Buffer.concat(held);
    held = [];
    length = 0;
    return bytes;
  };
  const hold = (part: Buffer): void => {
    length += part.length;
    if (length > elementLimits.elementBytes) held = [];
    else held.push(part);
  };
  for await (const chunk of stream.open()) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      hold(chunk.subarray(from, at + 1));
      from = at + 1;
      yield { bytes: take(), end: offset + from };
    }
    if (from < chunk.length) hold(chunk.subarray(from));
    offset += chunk.length;
  }
  if (length > 0) yield { bytes: take(), end: offset };
}

const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte <= 0x20);

async function* lines(stream: RecordStream): AsyncGenerator<JsonElement> {
  let ix = 0;
  for await (const { bytes, end } of rawLines(stream)) {
    if (bytes !== null && isBlank(bytes)) continue;
    yield { ix: ix++, bytes, refused: bytes === null ? 'too_large' : null, end };
  }
}

async function* session(stream: RecordStream): AsyncGenerator<JsonElement> {
  const cutter = new SessionCutter();
  for await (const line of rawLines(stream)) yield* cutter.take(line.bytes, line.end);
  yield* cutter.rest();
}

async function readAll(stream: RecordStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream.open()) {
    bytes += chunk.length;
    if (bytes > wholeBytes) {
      const limit = `${wholeBytes / 1024 ** 2} MiB, the limit of a file that has to be read whole`;
      throw new AppError('import_too_large', `${stream.path} is larger than ${limit}.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* whole(stream: RecordStream): AsyncGenerator<JsonElement> {
  const bytes = await readAll(stream);
  yield { ix: 0, bytes, refused: null, end: bytes.length };
}

async function* pieces(stream: RecordStream, split: (text: string) => readonly string[]): AsyncGenerator<JsonElement> {
  const bytes = await readAll(stream);
  let end = 0;
  for (const [ix, piece] of split(bytes.toString('utf8')).entries()) {
    const record = Buffer.from(piece);
    end = Math.min(bytes.length, end + record.length);
    yield record.length > elementLimits.elementBytes
      ? { ix, bytes: null, refused: 'too_large', end }
      : { ix, bytes: record, refused: null, end };
  }
}

async function* database(
  stream: RecordStream,
  records: Extract<Cut, { kind: 'database' }>['records'],
): AsyncGenerator<JsonElement> {
  const tables = await openTables(stream.path, stream.bytes, stream.open());
  try {
    let ix = 0;
    for (const record of records(tables)) {
      const bytes = Buffer.from(JSON.stringify(record) ?? 'null');
      const tooLarge = bytes.length > elementLimits.elementBytes;
      yield { ix: ix++, bytes: tooLarge ? null : bytes, refused: tooLarge ? 'too_large' : null, end: 0 };
    }
  } finally {
    tables.close();
  }
}
