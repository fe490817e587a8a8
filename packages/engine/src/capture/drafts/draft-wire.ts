/**
 * Entries and drafts on their way between threads: each draft one JSON text, all of them and what goes along in one memory of
 * bytes. Cloning thousands of small objects takes longer than writing and reading them as text; as one string a piece would lie in
 * the heap of both sides until its turn comes, and be collected again and again with all that lies there. A draft is opened when it is
 * asked for. Pure.
 */
import type { Source } from '@vivim/contract/conversation';
import type { AcuDraft } from '../../space/acu-draft.ts';
import type { KeptBytes } from '../../space/stores/raw-records.ts';
import type { SourceContext } from '../canonical.ts';
import type { Fresh, ReadEntry, RecordDraft } from './draft-record.ts';

export interface DraftSettings {
  readonly contexts: ReadonlyMap<Source, SourceContext>;
  /** One number for each place a parcel on its way may have; see {@link claimed}. */
  readonly claims: Int32Array<SharedArrayBuffer>;
}

export interface EntryToDraft {
  readonly source: Source;
  readonly bytes: Uint8Array;
  readonly twin: number;
}

/** Several entries: what they say, and their bytes one behind the other. */
export interface EntryParcel {
  readonly json: string;
  readonly bytes: Uint8Array;
  /** Its place in {@link DraftSettings.claims}. */
  readonly claim: number;
}

/** Several drafts: for each the bytes of its text and of its compressed record, which stand one behind the other. */
export interface DraftParcel {
  readonly lengths: readonly (readonly [number, number])[];
  readonly bytes: Uint8Array;
}

/** A parcel is drafted by the first that claims it, the thread or the one that waits for it. */
export const claimed = (claims: Int32Array<SharedArrayBuffer>, claim: number): boolean =>
  Atomics.compareExchange(claims, claim, 0, 1) === 0;

interface PackedEntry extends Omit<EntryToDraft, 'bytes'> {
  readonly length: number;
}
type PackedFresh = Omit<Fresh, 'units' | 'raw'> & {
  readonly units: readonly (readonly [number, readonly AcuDraft[]])[];
  readonly raw: Omit<KeptBytes, 'zstd'>;
};
type PackedDraft = Exclude<RecordDraft, ReadEntry> | (ReadEntry & { readonly fresh: PackedFresh | null });

export const packEntries = (entries: readonly EntryToDraft[], claim: number): EntryParcel => ({
  json: JSON.stringify(entries.map(({ source, bytes, twin }): PackedEntry => ({ source, twin, length: bytes.length }))),
  bytes: Buffer.concat(entries.map(({ bytes }) => bytes)),
  claim,
});

export function unpackEntries({
  json,
  bytes,
}: Pick<EntryParcel, 'json' | 'bytes'>): (Omit<EntryToDraft, 'bytes'> & { readonly bytes: Buffer })[] {
  let at = 0;
  return (JSON.parse(json) as PackedEntry[]).map(({ source, twin, length }) => {
    const own = slice(bytes, at, length);
    at += length;
    return { source, twin, bytes: own };
  });
}

export function packDrafts(drafts: readonly RecordDraft[]): DraftParcel {
  const all: Uint8Array[] = [];
  const lengths = drafts.map((draft): [number, number] => {
    const zstd = draft.outcome === 'conversation' ? draft.fresh?.raw.zstd : undefined;
    const text = Buffer.from(JSON.stringify(packed(draft)));
    all.push(text);
    if (zstd !== undefined) all.push(zstd);
    return [text.length, zstd?.length ?? 0];
  });
  return { lengths, bytes: Buffer.concat(all) };
}

/** Each as a function that opens it: what waits for its turn is bytes. */
export function unpackDrafts({ lengths, bytes }: DraftParcel): (() => RecordDraft)[] {
  let at = 0;
  return lengths.map(([text, zstd]) => {
    const from = at;
    at += text + zstd;
    return () => opened(slice(bytes, from, text), slice(bytes, from + text, zstd));
  });
}

function packed(draft: RecordDraft): PackedDraft {
  if (draft.outcome !== 'conversation') return draft;
  if (draft.fresh === null) return { ...draft, fresh: null };
  const { units, raw, ...rest } = draft.fresh;
  const { zstd: _, ...facts } = raw;
  return { ...draft, fresh: { ...rest, units: [...units], raw: facts } };
}

function opened(text: Buffer, zstd: Buffer): RecordDraft {
  const draft = JSON.parse(text.toString('utf8')) as PackedDraft;
  if (draft.outcome !== 'conversation') return draft;
  if (draft.fresh === null) return { ...draft, fresh: null };
  const { units, raw, ...rest } = draft.fresh;
  return { ...draft, fresh: { ...rest, units: new Map(units), raw: { ...raw, zstd } } };
}

const slice = (bytes: Uint8Array, at: number, length: number): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset + at, length);
