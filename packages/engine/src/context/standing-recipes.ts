/**
 * How each kind of standing bundle is made: which units, best first, what it depends on, how long it may grow.
 * Reads; never writes and never counts.
 */
import type { LayerName, StandingKind } from '@vivim/contract/context';
import type { MemoryKind } from '@vivim/contract/memory';
import { blockKey } from '../space/stores/bundle-blocks.ts';
import type { Subject, SubjectKind } from '../space/stores/bundle-material.ts';
import type { BundleSource, SectionLine, StandingSection } from '../space/stores/bundle-shape.ts';
import type { MemoryRow } from '../space/stores/memory-rows.ts';
import type { SpaceReader } from '../space/transactors.ts';
import { type BlockLine, compressBlocks, tellingLines } from './compression/compress-conversation.ts';
import { quotesOf } from './memories/quote-memories.ts';
import { factKinds, wishKinds } from './memory-quote.ts';
import { dayOf, type Quote } from './quote.ts';
import { quotable, subjectsToldOf, withoutWithheld } from './withheld.ts';

export interface StandingMaterial {
  readonly label: string;
  /** What the bundle says above its lines. */
  readonly heading: string;
  /** Best first. */
  readonly quotes: readonly Quote[];
  /** How the lines stand in the text. */
  readonly order: 'value' | 'time';
  /** Of the bundle as a whole. */
  readonly sources: readonly BundleSource[];
  readonly sections: readonly StandingSection[];
}

/** Most tokens of each kind. A request takes from it what its own budget allows. */
export const standingLimits = {
  identity_core: 800,
  global_prefs: 3_000,
  topic: 900,
  entity: 700,
  conversation: 4_000,
} as const satisfies Record<StandingKind, number>;

export const layerOfKind = {
  identity_core: 'L0',
  global_prefs: 'L1',
  topic: 'L2',
  entity: 'L3',
  conversation: 'L4',
} as const satisfies Record<StandingKind, LayerName>;

/** Units looked at for one bundle; far more than fit. */
const subjectPool = 100;
/** Blocks of messages of a conversation: its last two thousand or so. */
const blocksOfConversation = 40;
const memoriesOfKind = 600;

/** Every section stands on what is kept out of contexts: what is taken back may be told again. */
const keptOut: BundleSource = { kind: 'exclusion', key: '' };

/** What a bundle of one kind about one subject is made of. */
interface Recipe extends Pick<StandingMaterial, 'label' | 'heading' | 'order' | 'sources'> {
  readonly keys: readonly string[];
  /** One section, from what it alone stands on. */
  readonly make: (key: string) => Omit<StandingSection, 'key'>;
  /** All sections' lines, most valuable first. */
  readonly merge: (sections: readonly StandingSection[]) => readonly Quote[];
}

/**
 * What a bundle of this kind is made of, or null when its subject is gone or hidden. The same whatever stood already.
 * @param standing sections nothing touched since they were made, by their keys
 */
export function standingMaterial(
  r: SpaceReader,
  kind: StandingKind,
  subject: string,
  standing: ReadonlyMap<string, readonly SectionLine[]>,
): StandingMaterial | null {
  const recipe = recipeOf(r, kind, subject);
  if (recipe === null) return null;
  const { label, heading, order, sources, keys, make, merge } = recipe;
  const sections = keys.map((key): StandingSection => {
    const lines = standing.get(key);
    return lines === undefined ? { key, ...make(key) } : { key, lines, sources: null };
  });
  return { label, heading, order, sources, sections, quotes: merge(sections) };
}

function recipeOf(r: SpaceReader, kind: StandingKind, subject: string): Recipe | null {
  if (kind === 'identity_core') return own(r, 'Identity', factKinds);
  if (kind === 'global_prefs') return own(r, 'Preferences', wishKinds);
  if (kind === 'conversation') return ofConversation(r, subject);
  return ofSubject(r, kind, subject);
}

/**
 * What holds always, a section for each kind of memory. What is pinned comes before everything, an order before a liking, what was
 * learnt last a little earlier.
 */
function own(r: SpaceReader, label: string, kinds: readonly MemoryKind[]): Recipe {
  return {
    label,
    heading: label,
    order: 'value',
    sources: [],
    keys: kinds,
    make: (key) => {
      const rows = withoutWithheld(r, r.memories.standing([key as MemoryKind], null, memoriesOfKind));
      const quotes = quotesOf(
        r,
        rows.map((row) => ({ row, why: 'standing' })),
      );
      const lines = quotes.map((quote, i): SectionLine => {
        const { confidence, kind, pinned } = rows[i] as MemoryRow;
        const worth = confidence + 0.3 * (1 - i / rows.length) + (kind === 'instruction' ? 0.5 : 0) + (pinned ? 2 : 0);
        return { quote, worth };
      });
      return { lines, sources: [{ kind: 'memory', key }, ...conversationsOf(quotes), keptOut] };
    },
    merge: (sections) =>
      sections
        .flatMap(({ lines }) => lines)
        .toSorted((a, b) => (b.worth ?? 0) - (a.worth ?? 0) || (idOf(a) < idOf(b) ? -1 : 1))
        .map(({ quote }) => quote),
  };
}

const idOf = ({ quote }: SectionLine): string => (quote.memory ?? quote.standsFor)?.id ?? quote.acu.id;

/** One section: whatever changes in a profile may change which of its units tell most. */
function ofSubject(r: SpaceReader, kind: SubjectKind, id: string): Recipe | null {
  const subject = r.bundles.material.subject(kind, id);
  if (subject === null) return null;
  return {
    label: subject.name,
    heading: subjectHeading(subject),
    order: 'value',
    sources: [{ kind, key: id }],
    keys: ['units'],
    make: () => {
      const [told] = subjectsToldOf(r, kind, [subject]);
      const units = told === undefined ? [] : (kind === 'topic' ? r.topics : r.entities).units(subject.pk, subjectPool);
      const quotes = units.filter(quotable(r, units));
      return {
        lines: quotes.map((quote) => ({ quote })),
        sources: [{ kind, key: id }, ...conversationsOf(quotes), keptOut],
      };
    },
    merge: (sections) => sections.flatMap(({ lines }) => lines.map(({ quote }) => quote)),
  };
}

/** A section for each block of messages: one that is added, changed or erased makes its own block anew and no other. */
function ofConversation(r: SpaceReader, id: string): Recipe | null {
  const conversation = r.bundles.material.conversation(id);
  if (conversation === null) return null;
  const { pk, title } = conversation;
  const { material } = r.bundles;
  return {
    label: title ?? 'Untitled',
    heading: title ?? 'Untitled',
    order: 'time',
    sources: [{ kind: 'conversation', key: id }],
    keys: material.blocks(pk, blocksOfConversation).map(String),
    make: (block) => {
      const units = material.unitsOfBlock(pk, Number(block));
      return {
        lines: tellingLines(units.filter(quotable(r, units))),
        sources: [{ kind: 'messages', key: blockKey(pk, Number(block)) }, { kind: 'units', key: id }, keptOut],
      };
    },
    merge: (sections) =>
      compressBlocks(
        sections.map(({ lines }) => lines as readonly BlockLine[]),
        material.lastOfModel(pk),
      ).map(({ quote }) => ({ ...quote, conversation: { ...quote.conversation, title } })),
  };
}

/** `Pottery: 12 conversations, 2023-05-08 to 2023-10-01`; the name alone where a view does not tell how often. */
export function subjectHeading({ name, type, conversations, firstMs, lastMs }: Subject): string {
  const kind = type === null || type === 'unknown' ? '' : ` (${type})`;
  if (conversations === 0) return `${name}${kind}`;
  const first = dayOf(firstMs);
  const last = dayOf(lastMs);
  const span = first === null || last === null ? '' : first === last ? `, ${first}` : `, ${first} to ${last}`;
  return `${name}${kind}: ${conversations} ${conversations === 1 ? 'conversation' : 'conversations'}${span}`;
}

/** A bundle also stands on each conversation it may quote: one that goes or changes takes its words out in the same transaction. */
const conversationsOf = (quotes: readonly Quote[]): BundleSource[] =>
  [...new Set(quotes.flatMap(({ memory, conversation }) => (memory === undefined ? conversation.id : [])))].map(
    (key) => ({ kind: 'conversation', key }),
  );
