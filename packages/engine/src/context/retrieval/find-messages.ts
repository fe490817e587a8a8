/**
 * What each message got from each arm, of the messages that are wanted: words, neighbours and vectors say which they are, the
 * others add to what was found. Reads in the snapshot it is given; ranks nothing.
 */
import type { Arm } from '@vivim/contract/arms';
import { conversationOfSlot, isOnOtherBranch } from '../../space/place.ts';
import type { WordSource } from '../../space/stores/branch-words.ts';
import { isSelective } from '../../space/stores/message-filter.ts';
import type { FoundMessage, PlacedMessage } from '../../space/stores/words.ts';
import type { SpaceReader } from '../../space/transactors.ts';
import type { RetrievalRequest } from '../candidate.ts';
import { meantMemories } from '../memories/meant-memories.ts';
import type { Found } from './fuse.ts';
import { findByWords, type WordFinding, type WordHit } from './keyword.ts';
import { nearness } from './question-time.ts';
import type { ReadQuestion } from './read-question.ts';
import { tuning } from './tuning.ts';
import type { Similarities } from './vicinity.ts';

/**
 * Somebody's name says who spoke rather than what about, so it is no search term unless it is all there is.
 * @param shown the words of what is shown
 * @param out how many more messages to look at, for what is kept out of contexts
 */
export function wordArm(
  r: SpaceReader,
  shown: WordSource,
  read: ReadQuestion,
  request: RetrievalRequest,
  out: number,
): WordFinding {
  const has = hasArm(request);
  const nameWords = new Set(read.speakers.flatMap((name) => name.split(' ')));
  const { terms } = read.question;
  const telling = terms.filter(({ text }) => !nameWords.has(text));
  const pool = isSelective(request) ? Number.POSITIVE_INFINITY : tuning.pool + out;
  const source = request.allBranches ? r.branchWords.with(shown) : shown;
  // Whether a word stands in what is kept out is not told, not by what is spelt nearly so either.
  const found = findByWords(source, telling.length > 0 ? telling : terms, pool, out === 0);
  const words = request.allBranches ? { ...found, hits: found.hits.flatMap(saidItself) } : found;
  if (!has('words')) return { ...words, hits: [] };
  return has('neighbours')
    ? words
    : { ...words, hits: words.hits.map((hit) => ({ ...hit, beside: 0, besideTerms: [] })) };
}

/** What stands beside a message of another branch by its place need not stand beside it in the conversation: its own words count. */
const saidItself = (hit: WordHit): readonly WordHit[] =>
  !isOnOtherBranch(hit.place) ? [hit] : hit.own > 0 ? [{ ...hit, beside: 0, besideTerms: [] }] : [];

export const hasArm =
  ({ without }: RetrievalRequest) =>
  (arm: Arm): boolean =>
    without?.includes(arm) !== true;

/** What the question names and remembers, by the messages it is said in. */
export interface KnownOf {
  /** Names of entities by message, and how telling the rarest of them is, 0–1. */
  readonly naming: ReadonlyMap<number, { readonly names: string[]; readonly worth: number }>;
  /** Messages that memories stand on which the question is about. */
  readonly remembered: ReadonlySet<number>;
  /** Messages that memories stand on which say what the question asks of its person. */
  readonly saying: ReadonlySet<number>;
}

export function knownOf(r: SpaceReader, read: ReadQuestion, request: RetrievalRequest, all: number): KnownOf {
  const has = hasArm(request);
  const naming = new Map<number, { names: string[]; worth: number }>();
  const names = has('entity') ? read.question.names.filter((name) => !read.speakers.includes(name)) : [];
  for (const { name, messagePks } of r.entityMessages.named(names, tuning.entityUnits)) {
    // As many as name it tell as little as a word that stands in all of them.
    const worth = Math.log(1 + all / (messagePks.length + 1)) / Math.log(1 + Math.max(1, all));
    for (const pk of messagePks) {
      const known = naming.get(pk);
      if (known === undefined) naming.set(pk, { names: [name], worth });
      else {
        known.names.push(name);
        known.worth = Math.max(known.worth, worth);
      }
    }
  }
  const memories = has('standing') ? meantMemories(r, request.text) : [];
  const standing = r.memoryLookup.messagesOf(memories.map(({ pk }) => pk));
  const ofSelf = r.memoryLookup.messagesOf(read.ofSelf.map(({ pk }) => pk));
  const pksOf = (of: readonly { readonly messagePk: number }[]) => new Set(of.map(({ messagePk }) => messagePk));
  return { naming, remembered: pksOf(standing), saying: pksOf(ofSelf) };
}

const none: ReadonlySet<number> = new Set();

export function findMessages(
  r: SpaceReader,
  request: RetrievalRequest,
  read: ReadQuestion,
  words: WordFinding,
  similarities: Similarities,
  known: KnownOf,
): Found[] {
  const hits = new Map(words.hits.map((hit) => [hit.messagePk, hit]));
  const byMeaningAlone = [...similarities.keys()].filter((pk) => !hits.has(pk));
  const excluded = new Set(r.words.conversationPks(request.excludeConversationIds ?? []));
  const then = read.onlyTime ? r.words.saidIn(read.spans, tuning.saidThen) : [];
  const told = [...known.saying].filter((pk) => !hits.has(pk) && !similarities.has(pk));
  const found = [...words.hits, ...r.words.placesOf([...byMeaningAlone, ...then, ...told])];
  const out = request.heedsExclusions ? r.exclusions.messages(found.map(({ messagePk }) => messagePk)) : none;
  const placed = found.filter(({ messagePk, slot }) => !out.has(messagePk) && !excluded.has(conversationOfSlot(slot)));
  const speakers = hasArm(request)('speaker') ? read.speakers : [];
  const { spans, within, order } = read;
  const rows = rowsOf(
    r,
    request,
    placed,
    speakers.length > 0 || spans.length > 0 || within.length > 0 || order !== null,
  );
  return placed.flatMap(({ messagePk, place }): Found[] => {
    const row = rows === null ? null : rows.get(messagePk);
    if (row === undefined) return [];
    return [
      {
        messagePk,
        place,
        words: hits.get(messagePk) ?? null,
        spokenByNamed: speakers.includes(row?.authorName?.toLowerCase() ?? ''),
        timely: row?.createdMs == null ? 0 : timeliness(row.createdMs, read),
        saidMs: order === null ? null : (row?.createdMs ?? null),
        naming: known.naming.get(messagePk)?.worth ?? 0,
        remembered: known.saying.has(messagePk) ? 'says' : known.remembered.has(messagePk) ? 'about' : null,
      },
    ];
  });
}

const timeliness = (ms: number, { spans, within }: ReadQuestion): number =>
  within.some(({ fromMs, toMs }) => ms >= fromMs && ms < toMs) ? 1 : nearness(ms, spans);

/** Rows of those that are wanted; null where all are and nobody asks: hundreds of rows from all over the file are not free. */
function rowsOf(
  r: SpaceReader,
  request: RetrievalRequest,
  placed: readonly PlacedMessage[],
  asked: boolean,
): Map<number, FoundMessage> | null {
  if (!isSelective(request) && !asked) return null;
  const pks = placed.map(({ messagePk }) => messagePk);
  return new Map(r.words.wanted(pks, request).map((row) => [row.pk, row]));
}
