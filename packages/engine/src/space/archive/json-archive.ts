/** The members of a JSON archive (docs/guide/archive-format.md), read from a copy of a space. The manifest comes last: it says what came. */
import { createHash } from 'node:crypto';
import {
  type ArchiveManifest,
  type ArchiveRecord,
  archiveFiles,
  archiveFormat,
  archiveVersion,
} from '@vivim/contract/archive';
import manifest from '../../../package.json' with { type: 'json' };
import { signManifest } from './archive-signature.ts';
import type { RecordReader } from './record-reader.ts';
import type { ZipMember } from './zip-stream.ts';

export interface ArchiveFacts {
  readonly spaceKeyHex: string;
  readonly schemaVersion: number;
  readonly spaceVersion: number;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Whether the keys of upstreams go along. */
  readonly upstreamKeys: boolean;
}

type Files = ArchiveManifest['files'];
/** What stands inside of conversations, counted as it goes by: asking the tables would hold up everything else. */
type Inside = { messages: number; acus: number; citations: number };
/** Lines are handed on together up to so many bytes. */
const pieceBytes = 64 * 1024;

export function* jsonArchive(reader: RecordReader, facts: ArchiveFacts): Generator<ZipMember> {
  const files: Files = [];
  const inside: Inside = { messages: 0, acus: 0, citations: 0 };
  yield {
    name: 'space.json',
    chunks: counted('space.json', files, [`${JSON.stringify(reader.space(facts.upstreamKeys).space)}\n`]),
  };
  for (const name of archiveFiles) yield { name, chunks: counted(name, files, lines(reader, name, inside)) };
  const text = JSON.stringify(
    {
      format: archiveFormat,
      formatVersion: archiveVersion,
      writtenBy: `VIVIM ${manifest.version}`,
      schemaVersion: facts.schemaVersion,
      spaceVersion: facts.spaceVersion,
      createdAt: facts.createdAt,
      counts: {
        ...Object.fromEntries(files.map(({ name, records }) => [name.replace(/\.jsonl?$/, ''), records])),
        ...inside,
      },
      files,
    } satisfies ArchiveManifest,
    null,
    2,
  );
  const bytes = Buffer.from(`${text}\n`);
  yield { name: 'manifest.json', chunks: [bytes] };
  yield { name: 'signature.json', chunks: [Buffer.from(`${signManifest(bytes, facts.spaceKeyHex)}\n`)] };
}

function* lines(reader: RecordReader, file: (typeof archiveFiles)[number], inside: Inside): Generator<string> {
  for (let next = reader.next(file, 0); next !== null; next = reader.next(file, next.pk)) {
    if (file === 'conversations.jsonl') count(next.record as ArchiveRecord<'conversations.jsonl'>, inside);
    yield `${JSON.stringify(next.record)}\n`;
  }
}

function count({ messages }: ArchiveRecord<'conversations.jsonl'>, inside: Inside): void {
  inside.messages += messages.length;
  for (const { parts, units } of messages) {
    inside.acus += units.length;
    for (const { citations } of parts) inside.citations += citations.length;
  }
}

/** The lines as bytes, and what came of them noted when they are through. */
function* counted(name: string, files: Files, texts: Iterable<string>): Generator<Buffer> {
  const digest = createHash('sha256');
  let bytes = 0;
  let records = 0;
  let held: string[] = [];
  let heldLength = 0;
  const piece = (): Buffer => {
    const chunk = Buffer.from(held.join(''));
    held = [];
    heldLength = 0;
    digest.update(chunk);
    bytes += chunk.length;
    return chunk;
  };
  for (const text of texts) {
    records += 1;
    held.push(text);
    heldLength += text.length;
    if (heldLength >= pieceBytes) yield piece();
  }
  if (heldLength > 0) yield piece();
  files.push({ name, bytes, records, sha256: digest.digest('hex') });
}
