/**
 * How each kind of standing bundle is made: which units, best first, what it depends on, how long it may grow.
 * Reads; never writes and never counts.
 */
import type { LayerName, StandingKind } from '@vivim/contract/context';
import type { MemoryKind } from '@vivim/contract/memory';
import type { Subject, SubjectKind } from '../space/stores/bundle-material.ts';
import type { BundleSource } from '../space/stores/bundles.ts';
import type { SpaceReader } from '../space/transactors.ts';
import { compressConversation } from './compression/compress-conversation.ts';
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
  readonly sources: readonly BundleSource[];
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
const messagesOfConversation = 2_000;
const memoriesOfKind = 600;

/** Every bundle stands on what is kept out of contexts: what is taken back may be told again. */
const keptOut: BundleSource = { kind: 'exclusion', key: '' };

/** What a bundle of this kind is made of, or null when its subject is gone or hidden. */
export function standingMaterial(r: SpaceReader, kind: StandingKind, subject: string): StandingMaterial | null {
  if (kind === 'identity_core') return own(r, 'Identity', factKinds);
  if (kind === 'global_prefs') return own(r, 'Preferences', wishKinds);
  if (kind === 'conversation') return ofConversation(r, subject);
  return ofSubject(r, kind, subject);
}

/** What holds always. What is pinned comes before everything, an order before a liking, what was learnt last a little earlier. */
function own(r: SpaceReader, label: string, kinds: readonly MemoryKind[]): StandingMaterial {
  const valued = withoutWithheld(r, r.memories.standing(kinds, null, memoriesOfKind)).map((row, i, all) => ({
    row,
    value: row.confidence + 0.3 * (1 - i / all.length) + (row.kind === 'instruction' ? 0.5 : 0) + (row.pinned ? 2 : 0),
  }));
  valued.sort((a, b) => b.value - a.value || (a.row.id < b.row.id ? -1 : 1));
  const quotes = quotesOf(
    r,
    valued.map(({ row }) => ({ row, why: 'standing' })),
  );
  return {
    label,
    heading: label,
    quotes,
    order: 'value',
    sources: [...kinds.map((key) => ({ kind: 'memory', key }) as const), ...conversationsOf(quotes), keptOut],
  };
}

function ofSubject(r: SpaceReader, kind: SubjectKind, id: string): StandingMaterial | null {
  const subject = r.bundles.material.subject(kind, id);
  if (subject === null) return null;
  const [told] = subjectsToldOf(r, kind, [subject]);
  const units = told === undefined ? [] : (kind === 'topic' ? r.topics : r.entities).units(subject.pk, subjectPool);
  const quotes = units.filter(quotable(r, units));
  return {
    label: subject.name,
    heading: subjectHeading(subject),
    quotes,
    order: 'value',
    sources: [{ kind, key: id }, ...conversationsOf(quotes), keptOut],
  };
}

function ofConversation(r: SpaceReader, id: string): StandingMaterial | null {
  const conversation = r.bundles.material.conversation(id);
  if (conversation === null) return null;
  const all = r.bundles.material.unitsOfConversation(conversation.pk, messagesOfConversation);
  const units = all.filter(quotable(r, all));
  const lines = compressConversation(units);
  return {
    label: conversation.title ?? 'Untitled',
    heading: conversation.title ?? 'Untitled',
    quotes: lines.map(({ quote }) => quote),
    order: 'time',
    sources: [{ kind: 'conversation', key: id }, keptOut],
  };
}

/** `Pottery: 12 conversations, 2023-05-08 to 2023-10-01` */
export function subjectHeading({ name, type, conversations, firstMs, lastMs }: Subject): string {
  const kind = type === null || type === 'unknown' ? '' : ` (${type})`;
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
