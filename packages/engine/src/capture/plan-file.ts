/** From a file that was looked at to how it is read: its format, the stream of its records, what stands in it beside conversations. Reads nothing. */
import type { Source } from '@vivim/contract/conversation';
import { type Found, formatOf } from './detect.ts';
import type { Seen } from './look.ts';
import type { UploadedFile } from './look-at-file.ts';
import type { RecordStream } from './plan-shape.ts';
import { isRecord } from './sources/json-value.ts';
import { moduleOf, sourceModules } from './sources/registry.ts';
import type { SourceFormat } from './sources/source-module.ts';

export const unknown = 'The file is not an export VIVIM can read.';

const listOfRecords: SourceFormat = { kind: 'json', cut: { kind: 'list' }, claim: () => null };

export const besideStream = (file: UploadedFile, source: Source, archivedMs: number | null): RecordStream => ({
  ...file,
  source,
  format: listOfRecords,
  beside: { archivedMs },
});

/** What a file holds beside its conversations: under keys of its own, or in a database. */
export function besidesIn(file: UploadedFile, { source, format }: Found): RecordStream[] {
  const { besides, besideLists = [] } = moduleOf(source);
  if (format.kind === 'json' && format.cut.kind === 'list')
    return besideLists.map((under) => ({
      // Its bytes are counted where its conversations are read.
      ...besideStream({ ...file, path: `${file.path}/${under}`, bytes: 0 }, source, null),
      format: { ...listOfRecords, cut: { kind: 'list', under } },
    }));
  if (besides === undefined || format.kind !== 'sqlite') return [];
  const cut = { kind: 'database', records: besides } as const;
  return [{ ...besideStream(file, source, null), format: { kind: 'sqlite', cut, claim: () => null } }];
}

/** Why a file of this name is never opened, or null. */
export const neverReadOf = (name: string): string | null =>
  sourceModules.find(({ neverRead }) => neverRead?.name.test(name))?.neverRead?.why ?? null;

/** What the file is, or what the person says it is. */
export function chosen(seen: Seen, asked: Source | null): Found | null {
  const found = formatOf(seen);
  if (asked === null || asked === found?.source) return found === null ? null : asItLies(found, seen);
  const module = moduleOf(asked);
  const format =
    formatOf(seen, [module])?.format ??
    module.formats.find(({ kind }) => kind === seen.kind) ??
    // A log of JSON lines that begins with a line that is none.
    module.formats.find(({ cut }) => seen.kind === 'text' && (cut.kind === 'session' || cut.kind === 'lines'));
  return format === undefined ? null : { source: asked, format, confidence: 1, why: 'You said so.' };
}

/** What mostly is a file of its own lies in a list here: each of its entries is one. */
function asItLies(found: Found, seen: Seen): Found {
  const { cut } = found.format;
  const { kind } = cut;
  if ('alsoLists' in cut && cut.alsoLists) return found;
  if (seen.kind !== 'json' || seen.rows || !seen.head.trimStart().startsWith('[')) return found;
  const sessions = seen.values.every(
    (value) => isRecord(value) && [value.messages, value.loglines].some(Array.isArray),
  );
  if (kind !== 'whole' && !(kind === 'session' && sessions)) return found;
  return { ...found, format: { ...found.format, cut: { kind: 'list' } } };
}
