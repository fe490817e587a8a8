/**
 * A JSON archive of a space (docs/guide/archive-format.md). Every file is compared with the manifest and every line with its
 * schema before the first record is handed out; what was changed is named. Extracts nothing to a path.
 */
import { createHash } from 'node:crypto';
import {
  ArchivedSpace,
  type ArchiveFile,
  ArchiveManifest,
  addedFiles,
  archiveFiles,
  archiveFormat,
  archiveRecords,
  archiveVersion,
} from '@vivim/contract/archive';
import { AppError } from '@vivim/contract/errors';
import { signerOf } from '../../space/archive/archive-signature.ts';
import type { Archive, ArchiveEntry } from '../archive.ts';
import type { Arrival, ArrivalNote, Arrived } from './arrival-shape.ts';

/** Of a manifest, a signature, a row of a space. */
const smallBytes = 1024 ** 2;
/** Of one record: a conversation with all that was made of it. */
const recordBytes = 128 * 1024 ** 2;

const invalid = (detail: string): AppError => new AppError('import_archive_invalid', `${detail} Nothing was imported.`);

/** @returns null where the zip holds no manifest of ours */
export async function zipArrival(archive: Archive): Promise<Arrival | null> {
  const entries = new Map(archive.entries.map((entry) => [entry.name, entry]));
  const head = entries.get('manifest.json');
  if (head === undefined || head.bytes > smallBytes) return null;
  const bytes = await small(head);
  if (!bytes.includes(archiveFormat)) return null;
  return {
    why: 'It holds a manifest of a VIVIM archive.',
    check: async () => {
      if (archive.issues.length > 0)
        throw invalid(`The archive holds ${archive.issues[0]?.path}, which is no file of one.`);
      const manifest = manifestOf(bytes);
      const notes = [await noteOf(bytes, entries.get('signature.json'))];
      assertSameFiles(manifest, entries);
      let total = 0;
      for (const said of manifest.files) {
        const entry = entries.get(said.name) as ArchiveEntry;
        await assertUnchanged(entry, said);
        if (isRecords(said.name)) for await (const _ of linesOf(entry, said.name, 0));
        total += said.bytes;
      }
      return { space: await spaceOf(entries.get('space.json') as ArchiveEntry), bytes: total, notes };
    },
    records: (file, skip) => linesOf(entries.get(file), file, skip),
    close: () => {},
  };
}

function manifestOf(bytes: Buffer): ArchiveManifest {
  const said = parsed(bytes, 'manifest.json') as { formatVersion?: unknown };
  if (typeof said?.formatVersion === 'number' && said.formatVersion > archiveVersion)
    throw invalid(
      `The archive has format ${said.formatVersion}; this server reads up to ${archiveVersion}. Upgrade the server.`,
    );
  const manifest = ArchiveManifest.safeParse(said);
  if (!manifest.success) throw invalid('manifest.json does not hold what it should.');
  return manifest.data;
}

async function noteOf(manifest: Buffer, signature: ArchiveEntry | undefined): Promise<ArrivalNote> {
  if (signature === undefined)
    return {
      code: 'archive_unsigned',
      path: 'manifest.json',
      detail: 'The archive bears no signature: that it is whole was checked, not who made it.',
    };
  const signer = signature.bytes > smallBytes ? null : signerOf(manifest, (await small(signature)).toString('utf8'));
  if (signer === null) throw invalid('manifest.json was changed after it was signed, or signature.json was.');
  return {
    code: 'archive_signed',
    path: 'manifest.json',
    detail: `The archive is signed by the space ${signer}; the export said who signs.`,
  };
}

function assertSameFiles(manifest: ArchiveManifest, entries: ReadonlyMap<string, ArchiveEntry>): void {
  const said = manifest.files.map(({ name }) => name);
  const expected: readonly string[] = [
    'space.json',
    ...archiveFiles.filter((name) => said.includes(name) || !addedFiles.has(name)),
  ];
  for (const name of expected) {
    if (!said.includes(name)) throw invalid(`The manifest does not name ${name}.`);
    if (!entries.has(name)) throw invalid(`${name} is missing.`);
  }
  if (new Set(said).size !== said.length || said.some((name) => !expected.includes(name)))
    throw invalid('The manifest names files that belong to no archive.');
  const known = new Set([...expected, 'manifest.json', 'signature.json']);
  const strange = [...entries.keys()].find((name) => !known.has(name));
  if (strange !== undefined) throw invalid(`${strange.slice(0, 100)} is no file of an archive.`);
}

async function assertUnchanged(entry: ArchiveEntry, said: ArchiveManifest['files'][number]): Promise<void> {
  const digest = createHash('sha256');
  for await (const chunk of entry.open()) digest.update(chunk);
  if (entry.bytes !== said.bytes || digest.digest('hex') !== said.sha256)
    throw invalid(`${entry.name} was changed after the archive was made: it is not what the manifest says.`);
}

async function spaceOf(entry: ArchiveEntry): Promise<ArchivedSpace> {
  const space = ArchivedSpace.safeParse(parsed(await small(entry), entry.name));
  if (!space.success) throw invalid(`${entry.name} does not hold what it should.`);
  return space.data;
}

const isRecords = (name: string): name is ArchiveFile => (archiveFiles as readonly string[]).includes(name);

async function small(entry: ArchiveEntry): Promise<Buffer> {
  if (entry.bytes > smallBytes) throw invalid(`${entry.name} is larger than it may be.`);
  const chunks: Buffer[] = [];
  for await (const chunk of entry.open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function parsed(bytes: Buffer, where: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw invalid(`${where} is not valid JSON.`);
  }
}

async function* linesOf<F extends ArchiveFile>(
  entry: ArchiveEntry | undefined,
  file: F,
  skip: number,
): AsyncGenerator<Arrived<F>, void> {
  // An archive made before there was such a file.
  if (entry === undefined) return;
  let ix = 0;
  for await (const line of splitLines(entry)) {
    ix += 1;
    if (ix <= skip) continue;
    const where = `${file}, line ${ix}`;
    const checked = archiveRecords[file].safeParse(parsed(line, where));
    if (!checked.success) {
      const [issue] = checked.error.issues;
      throw invalid(`${where}: ${issue?.path.join('.') || 'the record'} is not what it should be.`);
    }
    yield { record: checked.data as Arrived<F>['record'], bytes: line.length };
  }
}

const newline = 0x0a;

async function* splitLines(entry: ArchiveEntry): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const chunk of entry.open()) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      held.push(chunk.subarray(from, end));
      yield held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held);
      held = [];
      heldBytes = 0;
      from = end + 1;
    }
    if (from === chunk.length) continue;
    // A chunk is a view of memory that is used again.
    held.push(Buffer.from(chunk.subarray(from)));
    heldBytes += chunk.length - from;
    if (heldBytes > recordBytes)
      throw invalid(`${entry.name} holds a record larger than ${recordBytes / 1024 ** 2} MiB.`);
  }
  if (heldBytes > 0) yield Buffer.concat(held);
}
