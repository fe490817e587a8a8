/**
 * Entries and drafts on their way between threads: each draft one JSON text, all of them and what goes along in one memory of
 * bytes. Cloning thousands of small objects takes longer than writing and reading them as text; as one string a piece would lie in
 * the heap of both sides until its turn comes, and be collected again and again with all that lies there. A draft is opened where
 * it is written. Pure.
 */
import type { Source } from '@vivim/contract/conversation';
import type { AcuDraft } from '../../space/acu-draft.ts';
import type { KeptBytes } from '../../space/stores/raw-records.ts';
import type { SourceContext } from '../canonical.ts';
import type { Fresh, RecordDraft } from './draft-record.ts';

/** What every source of an import is read with. */
export type Contexts = ReadonlyMap<Source, SourceContext>;

export interface DraftSettings {
  /** One number for each place a parcel on its way may have; see {@link claimed}. */
  readonly claims: Int32Array<SharedArrayBuffer>;
}

/** What a thread is sent: first what it is to read with, then entries. */
export type DraftOrder = { readonly contexts: Contexts } | EntryParcel;

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

/** One draft in three pieces of bytes: what it says of itself, what is written of it, its compressed record. */
export type PackedDraft = readonly [head: Buffer, fresh: Buffer, zstd: Uint8Array];

/** Several drafts: the lengths of the pieces of each, which stand one behind the other. */
export interface DraftParcel {
  readonly lengths: readonly (readonly [head: number, fresh: number, zstd: number])[];
  readonly bytes: Uint8Array;
}

/** A parcel is drafted by the first that claims it, the thread or the one that waits for it. */
export const claimed = (claims: Int32Array<SharedArrayBuffer>, claim: number): boolean =>
  Atomics.compareExchange(claims, claim, 0, 1) === 0;

interface PackedEntry extends Omit<EntryToDraft, 'bytes'> {
  readonly length: number;
}
type FreshText = Omit<Fresh, 'units' | 'raw'> & {
  readonly units: readonly (readonly [number, readonly AcuDraft[]])[];
  readonly raw: Omit<KeptBytes, 'zstd'>;
};

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

const nothing: Buffer = Buffer.alloc(0);

/** Call it for each draft as it is made: what it was made of can go then. */
export function packDraft(draft: RecordDraft): PackedDraft {
  if (draft.outcome !== 'conversation' || draft.fresh === null)
    return [Buffer.from(JSON.stringify(draft)), nothing, nothing];
  const { fresh, ...head } = draft;
  const { units, raw, ...rest } = fresh();
  const { zstd, ...facts } = raw;
  const text: FreshText = { ...rest, units: [...units], raw: facts };
  return [Buffer.from(JSON.stringify(head)), Buffer.from(JSON.stringify(text)), zstd];
}

export const packDrafts = (drafts: readonly PackedDraft[]): DraftParcel => ({
  lengths: drafts.map(([head, fresh, zstd]) => [head.length, fresh.length, zstd.length]),
  bytes: Buffer.concat(drafts.flat()),
});

export function unpackDrafts({ lengths, bytes }: DraftParcel): RecordDraft[] {
  let at = 0;
  return lengths.map(([head, fresh, zstd]) => {
    const from = at;
    at += head + fresh + zstd;
    const draft = parsed<RecordDraft>(slice(bytes, from, head));
    if (draft.outcome !== 'conversation' || fresh === 0) return draft;
    const open = () => opened(slice(bytes, from + head, fresh), slice(bytes, from + head + fresh, zstd));
    return { ...draft, fresh: open };
  });
}

function opened(text: Buffer, zstd: Buffer): Fresh {
  const { units, raw, ...rest } = parsed<FreshText>(text);
  return { ...rest, units: new Map(units), raw: { ...raw, zstd } };
}

const parsed = <T>(text: Buffer): T => JSON.parse(text.toString('utf8')) as T;

const slice = (bytes: Uint8Array, at: number, length: number): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset + at, length);
