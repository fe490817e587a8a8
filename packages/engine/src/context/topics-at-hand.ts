/**
 * Which topics a message is about: those it names, then those that what retrieval found for it is about. A topic that merely has
 * a common word with the message ("decide") is not at hand: what speaks for it has to say something telling the message says, or
 * to be close to it in meaning. A topic whose name is near the message in meaning is at hand too: sourdough, for a question about bread.
 * Reads only.
 */
import type { ContextRequest } from '@vivim/contract/context';
import type { Subject } from '../space/stores/bundle-material.ts';
import type { SpaceReader } from '../space/transactors.ts';
import type { Candidate } from './candidate.ts';
import { type Meaning, topicsMeant, type VectorsOf } from './profiles/near-topics.ts';
import { phraseRuns } from './profiles/phrase-words.ts';
import { subjectsToldOf } from './withheld.ts';

/** Candidates that may speak for a topic, and how many of them it takes. */
const votes = { of: 10, least: 3 };
/** Characters of a candidate that are looked at. */
const looked = 2_000;

/**
 * @param named topics the message names
 * @param asked the message as a vector
 * @param most how many at all
 * @param vectorsOf topics as vectors, where they are remembered
 */
export function topicsAtHand(
  r: SpaceReader,
  { query, exclude }: Pick<ContextRequest, 'query' | 'exclude'>,
  named: readonly Subject[],
  candidates: readonly Candidate[],
  asked: Meaning | null,
  most: number,
  vectorsOf?: VectorsOf,
): Subject[] {
  const speaking = telling(query, candidates.slice(0, votes.of)).map(({ acu }) => acu.pk);
  const voted =
    speaking.length < votes.least
      ? []
      : subjectsToldOf(r, 'topic', r.bundles.material.topicsOfUnits(speaking, votes.least, most));
  const meant =
    asked === null
      ? []
      : topicsMeant(r, query, asked, vectorsOf).flatMap(({ id }) => r.bundles.material.subject('topic', id) ?? []);
  const byId = new Map([...named, ...subjectsToldOf(r, 'topic', meant), ...voted].map((topic) => [topic.id, topic]));
  for (const id of exclude?.topicIds ?? []) byId.delete(id);
  return [...byId.values()].slice(0, most);
}

/** Candidates that say a word of the message that names something by itself, or were found for their meaning before their words. */
export function telling(message: string, candidates: readonly Candidate[]): Candidate[] {
  const asked = tellingWords(message);
  return candidates.filter(
    ({ acu, reasons }) =>
      reasons[0]?.arm === 'meaning' || [...tellingWords(acu.text.slice(0, looked))].some((word) => asked.has(word)),
  );
}

const tellingWords = (text: string): Set<string> =>
  new Set(phraseRuns(text).flatMap((run) => run.flatMap(({ stands, key }) => (stands ? [key] : []))));
