/**
 * A backup of Cherry Studio that is too large to be held: topics in one list of it, the blocks their messages name in another. It is read in passes:
 * as many topics as may be held with their blocks, then the blocks they name, and so on. Holds one such lot and the sizes of all blocks.
 */
import { formatOf } from './detect.ts';
import { noteOf, type Opened } from './envelope.ts';
import { elementLimits, JsonElements } from './json-elements.ts';
import { look } from './look.ts';
import { scatteredIn } from './scattered.ts';
import { asArray, asId, asRecord, fromJson, type JsonRecord } from './sources/json-value.ts';

interface LargeFile {
  readonly path: string;
  readonly bytes: number;
  open(): AsyncIterable<Buffer>;
}

/** Where both lists stand. In a text the quotes would have a backslash in front. */
const mark = Buffer.from('"indexedDB":');
/** Each lot is a pass over the file: a larger file would be passed too often. Bytes; said in docs/guide/sources.md. */
const most = { fileBytes: 256 * 1024 ** 2, beforeBytes: 24 * 1024 ** 2, lotBytes: 16 * 1024 ** 2, blocks: 1_000_000 };

/** @returns null where the file is none, or larger than is read */
export async function openLargeBackup(file: LargeFile): Promise<Opened | null> {
  if (file.bytes > most.fileBytes) return null;
  const settings = await settingsOf(file);
  const sizes = settings === null ? new Map<string, number>() : await blockSizes(file);
  if (settings === null || sizes.size === 0) return null;
  const open = async function* () {
    let begun = false;
    yield Buffer.from('[');
    for await (const conversation of conversationsIn(file, settings, sizes)) {
      yield Buffer.from(`${begun ? ',' : ''}${conversation === null ? 'null' : JSON.stringify(conversation)}`);
      begun = true;
    }
    yield Buffer.from(']');
  };
  const seen = await look(open());
  return formatOf(seen) === null ? null : { open, seen, note: noteOf(file.path, ['localStorage']) };
}

/** What stands in front of the lists, as an object: topics have their names there. */
async function settingsOf(file: LargeFile): Promise<JsonRecord | null> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of file.open()) {
    const from = Math.max(0, held.length - mark.length);
    held = Buffer.concat([held, chunk]);
    const at = held.indexOf(mark, from);
    if (at >= 0) return asRecord(fromJson(`${held.subarray(0, at).toString('utf8').trimEnd().replace(/,$/, '')}}`));
    if (held.length > most.beforeBytes) return null;
  }
  return null;
}

/** The entries of a list that stands under a key beside the others. */
async function* listUnder(file: LargeFile, key: string): AsyncGenerator<Buffer | null> {
  const splitter = new JsonElements(elementLimits, key);
  let before: Buffer | null = Buffer.alloc(0);
  for await (const chunk of file.open()) {
    let rest = chunk;
    if (before !== null) {
      const read: Buffer = Buffer.concat([before, chunk]);
      const at = read.indexOf(mark);
      before = at < 0 ? Buffer.from(read.subarray(Math.max(0, read.length - mark.length))) : null;
      if (at < 0) continue;
      rest = read.subarray(at + mark.length);
    }
    for (const { bytes } of splitter.push(rest)) if (splitter.inList) yield bytes;
    if (splitter.closed) return;
  }
}

async function blockSizes(file: LargeFile): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for await (const bytes of listUnder(file, 'message_blocks')) {
    const id = bytes === null ? null : asId(asRecord(fromJson(bytes.toString('utf8')))?.id);
    if (id !== null && sizes.size < most.blocks) sizes.set(id, bytes?.length ?? 0);
  }
  return sizes;
}

/** Null for a topic that is too large to be a conversation. */
async function* conversationsIn(
  file: LargeFile,
  settings: JsonRecord,
  sizes: ReadonlyMap<string, number>,
): AsyncGenerator<JsonRecord | null> {
  let topics: JsonRecord[] = [];
  let wanted = new Set<string>();
  let bytes = 0;
  const flush = async function* () {
    if (topics.length === 0) return;
    const blocks: unknown[] = [];
    for await (const block of listUnder(file, 'message_blocks')) {
      const record = block === null ? null : asRecord(fromJson(block.toString('utf8')));
      if (wanted.has(asId(record?.id) ?? '')) blocks.push(record);
    }
    yield* scatteredIn({ ...settings, indexedDB: { topics, message_blocks: blocks } })?.conversations ?? [];
    topics = [];
    wanted = new Set();
    bytes = 0;
  };
  for await (const element of listUnder(file, 'topics')) {
    const topic = element === null ? null : asRecord(fromJson(element.toString('utf8')));
    const ids = asArray(topic?.messages)
      .flatMap((message) => asArray(asRecord(message)?.blocks))
      .flatMap((id) => asId(id) ?? []);
    const size = ids.reduce((sum, id) => sum + (sizes.get(id) ?? 0), element?.length ?? 0);
    if (topic === null || size > elementLimits.elementBytes) {
      yield null;
      continue;
    }
    if (bytes + size > most.lotBytes) yield* flush();
    topics.push(topic);
    for (const id of ids) wanted.add(id);
    bytes += size;
  }
  yield* flush();
}
