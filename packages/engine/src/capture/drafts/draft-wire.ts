/**
 * Drafts on their way between threads. As one JSON text in UTF-8, and the compressed bytes, all handed over: cloning thousands of
 * small objects takes longer than writing and reading them as text. Pure.
 */
import type { Source } from '@vivim/contract/conversation';
import type { AcuDraft } from '../../space/acu-draft.ts';
import type { SourceContext } from '../canonical.ts';
import type { RecordBytes } from '../record-bytes.ts';
import type { Fresh, ReadEntry, RecordDraft } from './draft-record.ts';

export interface DraftSettings {
  readonly contexts: ReadonlyMap<Source, SourceContext>;
}

export interface EntryToDraft {
  readonly source: Source;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly twin: number;
}

export interface Drafted {
  readonly json: Uint8Array<ArrayBuffer>;
  /** Of each draft that has any, in a memory of its own, so that it can be handed over. */
  readonly zstds: readonly (Uint8Array<ArrayBuffer> | null)[];
}

type PackedFresh = Omit<Fresh, 'units' | 'raw'> & {
  readonly units: readonly (readonly [number, readonly AcuDraft[]])[];
  readonly raw: Omit<RecordBytes, 'zstd'>;
};
type Packed = Exclude<RecordDraft, ReadEntry> | (ReadEntry & { readonly fresh: PackedFresh | null });

const freshOf = (draft: RecordDraft): Fresh | null => (draft.outcome === 'conversation' ? draft.fresh : null);

export function packed(drafts: readonly RecordDraft[]): Drafted {
  const json = JSON.stringify(
    drafts.map((draft): Packed => {
      if (draft.outcome !== 'conversation' || draft.fresh === null) return draft as Packed;
      const { units, raw, ...rest } = draft.fresh;
      return { ...draft, fresh: { ...rest, units: [...units], raw: { size: raw.size, form: raw.form } } };
    }),
  );
  const zstds = drafts.map((draft) => {
    const zstd = freshOf(draft)?.raw.zstd;
    return zstd === undefined ? null : new Uint8Array(zstd);
  });
  return { json: new TextEncoder().encode(json), zstds };
}

/** Memories that are handed over rather than copied. */
export const handedOver = ({ json, zstds }: Drafted): ArrayBuffer[] =>
  [json, ...zstds].flatMap((bytes) => (bytes === null ? [] : [bytes.buffer]));

export function unpacked({ json, zstds }: Drafted): RecordDraft[] {
  return (JSON.parse(Buffer.from(json.buffer).toString('utf8')) as Packed[]).map((draft, ix): RecordDraft => {
    const zstd = zstds[ix];
    if (draft.outcome !== 'conversation' || draft.fresh === null || zstd == null) return draft as RecordDraft;
    const { units, raw, ...rest } = draft.fresh;
    return { ...draft, fresh: { ...rest, units: new Map(units), raw: { ...raw, zstd: Buffer.from(zstd.buffer) } } };
  });
}
