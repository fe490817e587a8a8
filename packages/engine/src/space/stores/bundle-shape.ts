/** What a standing bundle and its sections are, and what they are made from. Types alone. */
import type { StandingKind } from '@vivim/contract/context';
import type { BundleId } from '@vivim/contract/ids';
import type { LocatedAcu } from '../located-acu.ts';

/** A quotation a section offers, with what it is to whoever puts sections together. */
export interface SectionLine {
  readonly quote: LocatedAcu;
  readonly worth?: number;
  readonly kind?: string;
  /** What code in it defines. */
  readonly symbols?: readonly string[];
}

export interface StandingSection {
  readonly key: string;
  readonly lines: readonly SectionLine[];
  /** Null for one that stood already. */
  readonly sources: readonly BundleSource[] | null;
}

/** What a bundle can be made from; the key is a topic's, entity's or conversation's id, the name of a kind of memory, '' for what is kept out,
 * a block of messages (`blockKey`), or the id of a conversation whose units came or went nobody says where. */
export type BundleSourceKind = 'topic' | 'entity' | 'conversation' | 'memory' | 'exclusion' | 'messages' | 'units';

export interface BundleSource {
  readonly kind: BundleSourceKind;
  readonly key: string;
}

export interface StandingBundleRow {
  readonly pk: number;
  readonly id: BundleId;
  readonly kind: StandingKind;
  /** Id of what it is about; '' for the person's own. */
  readonly subject: string;
  readonly label: string;
  readonly version: number;
  readonly dirty: boolean;
  readonly text: string;
  readonly tokens: number;
  readonly tokenizer: string;
  readonly hash: string;
  /** What the text quotes, in the order of its marks. */
  readonly quotes: readonly LocatedAcu[];
  readonly compiledMs: number;
}

export type CompiledBundle = Pick<
  StandingBundleRow,
  'kind' | 'subject' | 'label' | 'text' | 'tokens' | 'tokenizer' | 'hash' | 'quotes'
> & {
  /** Of the bundle as a whole; each section has its own. */
  readonly sources: readonly BundleSource[];
  readonly sections: readonly StandingSection[];
};
