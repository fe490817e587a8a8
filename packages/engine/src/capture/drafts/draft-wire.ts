/**
 * Entries and drafts on their way between threads: one JSON text and one memory of bytes. Cloning thousands of small objects takes
 * longer than writing and reading them as text, and each memory that is handed over waits for the garbage collector; copied, it
 * does not. Pure.
 */
import type { Source } from '@vivim/contract/conversation';
import type { AcuDraft } from '../../space/acu-draft.ts';
import type { KeptBytes } from '../../space/stores/raw-records.ts';
import type { SourceContext } from '../canonical.ts';
import type { Fresh, ReadEntry, RecordDraft } from './draft-record.ts';

export interface DraftSettings {
  readonly contexts: ReadonlyMap<Source, SourceContext>;
}

export interface EntryToDraft {
  readonly source: Source;
  readonly bytes: Uint8Array;
  readonly twin: number;
}

/** Several entries, or drafts: what they say, and their bytes one behind the other. */
export interface Parcel {
  readonly json: string;
  readonly bytes: Uint8Array;
}

interface PackedEntry extends Omit<EntryToDraft, 'bytes'> {
  readonly length: number;
}
type PackedFresh = Omit<Fresh, 'units' | 'raw'> & {
  readonly units: readonly (readonly [number, readonly AcuDraft[]])[];
  readonly raw: Omit<KeptBytes, 'zstd'> & { readonly length: number };
};
type PackedDraft = Exclude<RecordDraft, ReadEntry> | (ReadEntry & { readonly fresh: PackedFresh | null });

export const packEntries = (entries: readonly EntryToDraft[]): Parcel => ({
  json: JSON.stringify(entries.map(({ source, bytes, twin }): PackedEntry => ({ source, twin, length: bytes.length }))),
  bytes: Buffer.concat(entries.map(({ bytes }) => bytes)),
});

export function unpackEntries({ json, bytes }: Parcel): (Omit<EntryToDraft, 'bytes'> & { readonly bytes: Buffer })[] {
  const next = slicer(bytes);
  return (JSON.parse(json) as PackedEntry[]).map(({ source, twin, length }) => ({ source, twin, bytes: next(length) }));
}

export function packDrafts(drafts: readonly RecordDraft[]): Parcel {
  const zstds: Uint8Array[] = [];
  const all = drafts.map((draft): PackedDraft => {
    if (draft.outcome !== 'conversation') return draft;
    if (draft.fresh === null) return { ...draft, fresh: null };
    const { units, raw, ...rest } = draft.fresh;
    const { zstd, ...facts } = raw;
    zstds.push(zstd);
    return { ...draft, fresh: { ...rest, units: [...units], raw: { ...facts, length: zstd.length } } };
  });
  return { json: JSON.stringify(all), bytes: Buffer.concat(zstds) };
}

export function unpackDrafts({ json, bytes }: Parcel): RecordDraft[] {
  const next = slicer(bytes);
  return (JSON.parse(json) as PackedDraft[]).map((draft): RecordDraft => {
    if (draft.outcome !== 'conversation') return draft;
    if (draft.fresh === null) return { ...draft, fresh: null };
    const { units, raw, ...rest } = draft.fresh;
    const { length, ...facts } = raw;
    return { ...draft, fresh: { ...rest, units: new Map(units), raw: { ...facts, zstd: next(length) } } };
  });
}

/** Gives the next so many bytes, each time. */
function slicer(bytes: Uint8Array): (length: number) => Buffer {
  let at = 0;
  return (length) => {
    const slice = Buffer.from(bytes.buffer, bytes.byteOffset + at, length);
    at += length;
    return slice;
  };
}
