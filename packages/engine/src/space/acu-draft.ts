/** A unit on its way into the space: what segmenting makes and the unit store takes. Values only. */
import type { AcuLinkType, AcuType } from '@vivim/contract/acu';
import type { AcuId } from '@vivim/contract/ids';

export interface AcuDraft {
  readonly id: AcuId;
  readonly partIndex: number;
  /** Place among the units of its message. */
  readonly ordinal: number;
  /** UTF-16 offsets in the part's text; the unit's text is exactly that slice. */
  readonly start: number;
  readonly end: number;
  readonly type: AcuType;
  readonly language: string | null;
  /** 0–1. */
  readonly quality: number;
  /** First 8 bytes of SHA-256 of the normalised text, hex. */
  readonly textKey: string;
  readonly links: readonly { readonly type: AcuLinkType; readonly to: AcuId; readonly weight: number }[];
}
