/**
 * L5: what retrieval found for this message, by conversation and day. A unit that cannot be understood alone brings
 * what was said just before it.
 */
import type { BundleOmission } from '@vivim/contract/context';
import type { Candidate } from '../candidate.ts';
import type { Pinned } from '../pinned.ts';
import { dayOf, type Quote, shortened } from '../quote.ts';
import { type Entry, emptyLayer, type Group, type LayerMaterial } from './layer.ts';

/** A candidate below this share of the best one's score is noise: an answer is not better for being longer. */
const leastScore = 0.05;
/** UTF-16 units of what was said before. */
const leadLength = 160;

const untied =
  /^(yes|no|yeah|yep|nope|sure|ok(ay)?|right|exactly|both|neither|that|this|it|they|he|she|those|these|there)\b/i;

/** Whether a unit needs what came before it: an answer in a few words, or one that begins by pointing back. */
export const isUnclear = ({ acu }: Quote): boolean =>
  acu.text.length < 24 || (acu.text.length < 60 && untied.test(acu.text));

/**
 * @param before the unit said just before the message of a candidate, by message pk
 * @param pinned what its person pinned: comes before everything
 * @param memories memories the message is about, and questions still open; they come first
 */
export function justInTimeLayer(
  candidates: readonly Candidate[],
  before: ReadonlyMap<number, Quote>,
  memories: { readonly about: readonly Quote[]; readonly open: readonly Quote[] },
  pinned: Pinned = { quotes: [], omitted: [] },
): LayerMaterial {
  const { about, open } = memories;
  if (candidates.length + about.length + open.length + pinned.quotes.length === 0)
    return { ...emptyLayer('L5', 'Nothing in your history matches the message'), omitted: pinned.omitted };
  const least = (candidates[0]?.score ?? 0) * leastScore;
  const groups = new Map<string, Group>([
    ['pinned', { heading: 'Pinned by you', order: '  ', days: true }],
    ['about', { heading: 'What you keep about this', order: ' 0' }],
    ['open', { heading: 'Still open', order: ' 1' }],
  ]);
  const found = candidates
    .filter(({ score }) => score >= least)
    .map((candidate): Entry => {
      const group = groupOf(candidate, groups);
      const lead = isUnclear(candidate) ? before.get(candidate.message.pk) : undefined;
      return lead === undefined
        ? { quote: candidate, group }
        : { quote: candidate, group, before: shortened(lead, leadLength) };
    });
  const entries: Entry[] = [
    ...pinned.quotes.map((quote) => ({ quote, group: 'pinned' })),
    ...about.map((quote) => ({ quote, group: 'about' })),
    ...open.map((quote) => ({ quote, group: 'open' })),
    ...found,
  ];
  const weak = candidates.length - found.length;
  const omitted: BundleOmission[] =
    weak === 0 ? [] : [{ layer: 'L5', what: 'weak matches', reason: 'low_score', count: weak }];
  return {
    layer: 'L5',
    reason: `The best of ${candidates.length} passages found for the message${about.length + open.length > 0 ? ', and the memories it is about' : ''}${pinned.quotes.length > 0 ? ', after what you pinned' : ''}`,
    groups,
    entries,
    order: 'time',
    show: { speaker: 'always', day: false },
    omitted: [...pinned.omitted, ...omitted],
  };
}

function groupOf({ conversation, message }: Quote, groups: Map<string, Group>): string {
  const day = dayOf(message.createdMs);
  const key = `${conversation.id} ${day ?? ''}`;
  if (!groups.has(key)) {
    const heading = [conversation.title, day].filter((part) => part !== null && part !== '').join(', ');
    groups.set(key, {
      heading: heading === '' ? 'Untitled, undated' : heading,
      order: `${day ?? ''} ${conversation.id}`,
    });
  }
  return key;
}
