/** One import that is being worked on: its file, its plan, and the entries from where it left off. Writes nothing. */
import { AppError } from '@vivim/contract/errors';
import type { PaceSample } from '@vivim/contract/pace';
import type { ByteFile } from '../space/spool.ts';
import type { ImportCounts } from '../space/stores/import-counts.ts';
import type { ImportRow } from '../space/stores/import-shape.ts';
import { type CutRecord, cutFile, type TellBeside } from './cut.ts';
import type { DraftThread } from './drafts/draft-ahead.ts';
import { type ImportElement, type Position, parsePosition } from './import-element.ts';
import type { ExportPlan, RecordStream } from './plan-shape.ts';
import type { VersionMemory } from './version-memory.ts';

export interface OpenRun {
  readonly row: ImportRow;
  readonly file: ByteFile;
  readonly plan: ExportPlan;
  readonly elements: AsyncIterator<ImportElement, void>;
  /** Drafts the elements, where they are many. */
  readonly thread: DraftThread | null;
  /** Of the conversation that came last. */
  readonly versions: VersionMemory;
  position: Position;
  counts: ImportCounts;
  /** Since the first entries that came in after it was opened. */
  pace: readonly PaceSample[];
  /** An entry that was taken and has to wait for the next step. */
  carried: ImportElement | null;
  /** Entries still to be taken one at a time: the run stopped somewhere here before, and is to say where. */
  careful: number;
}

/** Everything of a plan that is read, in order. */
export const wholeOf = ({ streams, besides }: Pick<ExportPlan, 'streams' | 'besides'>): readonly RecordStream[] => [
  ...streams,
  ...besides,
];

/** Codes of a file that is damaged, whatever lies beside it. */
const damaged: ReadonlySet<string> = new Set(['import_json_invalid', 'import_unreadable', 'import_archive_invalid']);

/** Whether other files of conversations lie beside one: then it alone is left where it breaks off. */
const isBeside = (streams: readonly RecordStream[], stream: RecordStream): boolean =>
  streams.some((other) => other !== stream && other.beside === undefined && other.path !== stream.path);

/** The entries of a plan from a position on. @throws AppError where all there is breaks off or is damaged */
export async function* elementsFrom(
  plan: { readonly streams: readonly RecordStream[] },
  position: Position,
  tell?: TellBeside,
): AsyncGenerator<ImportElement, void> {
  let before = 0;
  for (const [ix, stream] of plan.streams.entries()) {
    if (ix >= position.stream) {
      const skip = ix === position.stream ? position.element : 0;
      for await (const element of untilItBreaks(plan.streams, stream, tell)) {
        if (element.ix < skip) continue;
        const { end, ...rest } = element;
        // A stream in another encoding is longer or shorter than its file; progress never runs past the file.
        const bytesRead = before + Math.min(end, stream.bytes);
        yield { ...rest, stream, after: { stream: ix, element: element.ix + 1 }, bytesRead };
      }
    }
    before += stream.bytes;
  }
}

/** The entries of one file. What it cannot give, because it is damaged, is one more entry that says so where others lie beside it. */
async function* untilItBreaks(
  streams: readonly RecordStream[],
  stream: RecordStream,
  tell?: TellBeside,
): AsyncGenerator<CutRecord> {
  let next = 0;
  let end = 0;
  try {
    for await (const element of cutFile(stream, tell)) {
      yield element;
      next = element.ix + 1;
      end = element.end;
    }
  } catch (error) {
    if (!(error instanceof AppError && damaged.has(error.code)) || !isBeside(streams, stream)) throw error;
    yield { ix: next, bytes: null, refused: 'broken_off', broken: error.message, end, twin: 0 };
  }
}

/** A run that was opened this often without moving on is given up: something of its file ends its engine every time. */
export const startsInOnePlace = 4;

export function stuck(row: ImportRow): AppError {
  const { stream, element } = parsePosition(row.position);
  const place = `entry ${element + 1} of file ${stream + 1} of the export`;
  return new AppError(
    'import_unreadable',
    `The import was begun ${startsInOnePlace} times at ${place} and got no further. What came before is in.`,
  );
}
