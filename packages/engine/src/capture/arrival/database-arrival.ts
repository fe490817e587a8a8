/** A plain SQLite export given back, read as the records of an archive. Trusts nothing of it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ArchivedSpace, type ArchiveFile, archiveFiles, archiveRecords } from '@vivim/contract/archive';
import { AppError } from '@vivim/contract/errors';
import { looksLikeSpace, openReturnedSpace, type ReturnedSpace } from '../../space/archive/returned-space.ts';
import type { ByteFile } from '../../space/spool.ts';
import { databaseBytes, heldInMemory, openTables } from '../open-tables.ts';
import type { Arrival, Arrived } from './arrival-shape.ts';

const untrusted = (detail: string, cause?: unknown): AppError =>
  new AppError('import_schema_untrusted', `${detail} Nothing of it was kept.`, { cause });

/** @param sure the person says it is one: what is not is refused as untrusted */
export async function databaseArrival(
  file: ByteFile,
  name: string,
  sure: boolean,
  ownerId: string,
): Promise<Arrival | null> {
  if (!sure && (file.size > databaseBytes || !(await isOurs(file, name)))) return null;
  const returned = openReturnedSpace(await heldInMemory(name, file.size, file.stream()));
  return {
    why: 'It is a SQLite database whose schema is exactly that of a space.',
    check: async () => {
      await returned.check(ownerId);
      const space = ArchivedSpace.safeParse(returned.reader.space().space);
      if (!space.success) throw untrusted('The row that says whose space it is does not hold what it should.');
      let bytes = 0;
      for (const stage of archiveFiles) for await (const found of recordsOf(returned, stage, 0)) bytes += found.bytes;
      return { space: space.data, bytes, notes: [] };
    },
    records: (stage, skip) => recordsOf(returned, stage, skip),
    close: () => returned.close(),
  };
}

/** Before it is opened for strict reading: whether it is meant as a space at all. */
async function isOurs(file: ByteFile, name: string): Promise<boolean> {
  try {
    const database = await openTables(name, file.size, file.stream());
    database.close();
    return looksLikeSpace(database.tables);
  } catch (error) {
    // Whoever reads other databases says what is wrong with it.
    if (error instanceof AppError) return false;
    throw error;
  }
}

async function* recordsOf<F extends ArchiveFile>(
  returned: ReturnedSpace,
  file: F,
  skip: number,
): AsyncGenerator<Arrived<F>, void> {
  let place = 0;
  for (let ix = 0; ; ix += 1) {
    const next = read(returned, file, place);
    if (next === null) return;
    // Of a row number that is none, or that stands still, there is no next one.
    if (!Number.isSafeInteger(next.pk) || next.pk <= place) throw untrusted(`${file}: a row has no number.`);
    place = next.pk;
    if (ix % 16 === 0) await nextTurn();
    if (ix < skip) continue;
    const checked = archiveRecords[file].safeParse(next.record);
    if (!checked.success) {
      const [issue] = checked.error.issues;
      throw untrusted(`${file}, record ${ix + 1}: ${issue?.path.join('.') ?? 'it'} is not what it should be.`);
    }
    yield { record: checked.data as Arrived<F>['record'], bytes: JSON.stringify(checked.data).length };
  }
}

function read<F extends ArchiveFile>(returned: ReturnedSpace, file: F, place: number) {
  try {
    return returned.reader.next(file, place);
  } catch (error) {
    throw untrusted(`${file}: a record cannot be read.`, error);
  }
}
