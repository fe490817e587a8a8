/** L2 and L3: what is known of the topics at hand and of the people and things named, a group for each. */
import type { Subject } from '../../space/stores/bundle-material.ts';
import type { Quote } from '../quote.ts';
import { byRelevance, type Relevance } from '../relevance.ts';
import { type Entry, emptyLayer, type Group, type LayerMaterial } from './layer.ts';

export interface KnownSubject {
  readonly subject: Subject;
  /** As said above its lines, with its figures. */
  readonly heading: string;
  /** Best first. */
  readonly quotes: readonly Quote[];
}

const words = {
  L2: { some: 'Topics of the message', none: 'The message touches no topic known yet' },
  L3: { some: 'Named in the message', none: 'The message names nobody and nothing known yet' },
} as const;

/**
 * The best line of each subject first, then the second of each: with little room every subject still says something.
 * @param relevanceFor how much a line bears on the message, for a subject of these names
 */
export function subjectLayer(
  layer: 'L2' | 'L3',
  known: readonly KnownSubject[],
  relevanceFor: (names: string) => Relevance,
): LayerMaterial {
  const said = known.filter(({ quotes }) => quotes.length > 0);
  if (said.length === 0) return emptyLayer(layer, words[layer].none);
  const groups = new Map<string, Group>();
  const rows = said.map(({ subject, heading, quotes }, i) => {
    groups.set(subject.id, { heading, order: String(i).padStart(3, '0') });
    const relevance = relevanceFor([subject.name, ...subject.aliases].join(' '));
    return byRelevance(quotes, relevance).map((quote): Entry => ({ quote, group: subject.id }));
  });
  const longest = Math.max(...rows.map((row) => row.length));
  return {
    layer,
    reason: `${words[layer].some}: ${said.map(({ subject }) => subject.name).join(', ')}`,
    groups,
    entries: Array.from({ length: longest }, (_, i) => rows.flatMap((row) => row[i] ?? [])).flat(),
    order: 'value',
    show: { speaker: 'named', day: true },
    omitted: [],
  };
}
