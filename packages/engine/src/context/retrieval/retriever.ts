/**
 * From a question to cited units: words, neighbours, meaning and speaker, fused. Everything the engine finds is found
 * here. Deterministic: the same question on the same space finds the same, but for whether meaning answered in time.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AcuType } from '@vivim/contract/acu';
import type { Arm } from '@vivim/contract/arms';
import type { Clock } from '@vivim/contract/clock';
import type { Embedder } from '../../models/embedder.ts';
import { conversationOfSlot } from '../../space/place.ts';
import { isSelective } from '../../space/stores/message-filter.ts';
import type { FoundMessage, PlacedMessage } from '../../space/stores/words.ts';
import type { SpaceReader } from '../../space/transactors.ts';
import type { UserSpace } from '../../space/user-space.ts';
import type { Candidate, Retrieval, RetrievalRequest } from '../candidate.ts';
import { Stopwatch } from '../stopwatch.ts';
import { type Found, fuse, type Ranked } from './fuse.ts';
import { findByWords, type WordFinding } from './keyword.ts';
import { parseQuestion, type Question } from './query.ts';
import { asksAnswer, withoutNames } from './question-form.ts';
import { asksLatest, nearness, newness, type QuestionTime, timesIn } from './question-time.ts';
import { QuestionVector } from './question-vector.ts';
import { reasonsOf } from './reasons.ts';
import { tuning } from './tuning.ts';
import { unitChooser } from './unit-choice.ts';
import type { VectorIndex } from './vector-index.ts';
import type { Near, Vicinity } from './vicinity.ts';

export interface RetrieverDeps {
  readonly space: UserSpace;
  /** Null where no model is configured: words answer alone. */
  readonly embedder: Embedder | null;
  readonly vectors: VectorIndex | null;
  readonly clock: Clock;
}

export class Retriever {
  readonly #space: UserSpace;
  readonly #vectors: VectorIndex | null;
  readonly #clock: Clock;
  readonly #questionVector: QuestionVector | null;

  constructor({ space, embedder, vectors, clock }: RetrieverDeps) {
    this.#space = space;
    this.#vectors = vectors;
    this.#clock = clock;
    this.#questionVector = embedder === null || vectors === null ? null : new QuestionVector(embedder, vectors, clock);
  }

  async retrieve(request: RetrievalRequest, signal?: AbortSignal): Promise<Retrieval> {
    const watch = new Stopwatch();
    const question = parseQuestion(request.text, request.prefixes);
    const has = (arm: Arm) => request.without?.includes(arm) !== true;
    const answers = has('answer') && asksAnswer(request.text);
    const times = !has('time')
      ? []
      : timesIn(request.text, { nowMs: request.nowMs ?? this.#clock(), zone: request.timeZone ?? 'UTC' });
    const latest = has('recency') && asksLatest(request.text);
    const speakers = this.#space.read((r) => r.words.speakersAmong(question.names));
    // So much further each arm looks that what is kept out leaves room for what ranks behind it.
    const out = request.heedsExclusions ? this.#space.read((r) => r.exclusions.count()) : 0;
    const meant = withoutNames(question.matter, speakers).trim();
    const asked = meant === '' || !has('meaning') ? null : (this.#questionVector?.of(meant, signal) ?? null);
    // The request to the embedder is on its way while words are looked up: both take about as long.
    if (asked !== null) await nextTurn();
    signal?.throwIfAborted();
    const words = without(
      this.#space.read((r) => wordArm(r, question, speakers, poolFor(request, out))),
      has,
    );
    watch.lap('words');
    const made = await asked;
    if (signal !== undefined) await nextTurn();
    signal?.throwIfAborted();
    const vector = this.#questionVector?.current(made) ?? null;
    const vicinity = vector === null ? null : (this.#vectors?.around(vector, nearestFor(request, out)) ?? null);
    const first = vector === null || vicinity === null ? [] : vicinity.nearest(vector);
    watch.lap('meaning');
    const { candidates, queued } = this.#space.read((r) => {
      const found = gather(r, request, words, first, { times, latest });
      const near = vector === null || vicinity === null ? [] : fedBack(vicinity, vector, found, answers);
      const similarities = new Map(near.map(({ messagePk, similarity }) => [messagePk, similarity]));
      const compared = found.map((message) => ({
        ...message,
        similarity: similarities.get(message.messagePk) ?? message.similarity,
      }));
      const ranked = fuse(compared, answers).filter(isAfter(request.after));
      return { candidates: describe(r, request, ranked, words, near), queued: r.outbox.count('embed') };
    });
    watch.lap('units');
    return { candidates, meaningReady: vector !== null && queued === 0, timings: watch.laps() };
  }
}

/** The word arm less what is not to count. */
const without = (words: WordArm, has: (arm: Arm) => boolean): WordArm => ({
  ...words,
  hits: has('words') ? words.hits.map((hit) => (has('neighbours') ? hit : { ...hit, beside: 0, besideTerms: [] })) : [],
  speakers: has('speaker') ? words.speakers : [],
});

/** The nearest once more, for the question moved towards what was found first. */
function fedBack(vicinity: Vicinity, vector: Float32Array, found: readonly Found[], answers: boolean): Near[] {
  const { first, weight } = tuning.feedback;
  const best = fuse(found, answers)
    .slice(0, first)
    .map(({ messagePk }) => messagePk);
  return vicinity.nearest(vicinity.towards(vector, best, weight));
}

interface WordArm extends WordFinding {
  readonly speakers: readonly string[];
}

/** Vectors compared for what is kept out, at most. */
const mostNearest = 5_000;

const nearestFor = (request: RetrievalRequest, out: number): number =>
  Math.min(mostNearest, tuning.nearest * (isSelective(request) ? 10 : 1) + out);
const poolFor = (request: RetrievalRequest, out: number): number =>
  isSelective(request) ? Number.POSITIVE_INFINITY : tuning.pool + out;

/** Somebody's name says who spoke rather than what about, so it is no search term unless it is all there is. */
function wordArm(r: SpaceReader, { terms }: Question, speakers: readonly string[], pool: number): WordArm {
  const nameWords = new Set(speakers.flatMap((name) => name.split(' ')));
  const telling = terms.filter(({ text }) => !nameWords.has(text));
  return { ...findByWords(r.words, telling.length > 0 ? telling : terms, pool), speakers };
}

const none: ReadonlySet<number> = new Set();

/** What each message got from each arm, of those that are wanted. */
function gather(
  r: SpaceReader,
  request: RetrievalRequest,
  words: WordArm,
  near: readonly Near[],
  { times, latest }: { readonly times: readonly QuestionTime[]; readonly latest: boolean },
): Found[] {
  const hits = new Map(words.hits.map((hit) => [hit.messagePk, hit]));
  const similarities = new Map(near.map(({ messagePk, similarity }) => [messagePk, similarity]));
  const byMeaningAlone = near.flatMap(({ messagePk }) => (hits.has(messagePk) ? [] : messagePk));
  const excluded = new Set(r.words.conversationPks(request.excludeConversationIds ?? []));
  const found = [...words.hits, ...r.words.placesOf(byMeaningAlone)];
  const out = request.heedsExclusions ? r.exclusions.messages(found.map(({ messagePk }) => messagePk)) : none;
  const placed = found.filter(({ messagePk, slot }) => !out.has(messagePk) && !excluded.has(conversationOfSlot(slot)));
  const rows = rowsOf(r, request, placed, words.speakers.length > 0 || times.length > 0 || latest);
  const newestMs = latest ? Math.max(...[...(rows?.values() ?? [])].map(({ createdMs }) => createdMs ?? 0)) : 0;
  const spans = times.flatMap((time) => time.spans);
  return placed.flatMap(({ messagePk, place }): Found[] => {
    const row = rows === null ? null : rows.get(messagePk);
    if (row === undefined) return [];
    return [
      {
        messagePk,
        place,
        words: hits.get(messagePk) ?? null,
        similarity: similarities.get(messagePk) ?? null,
        spokenByNamed: words.speakers.includes(row?.authorName?.toLowerCase() ?? ''),
        timely: row?.createdMs == null ? 0 : nearness(row.createdMs, spans),
        recent: latest && row?.createdMs != null ? newness(row.createdMs, newestMs) : 0,
      },
    ];
  });
}

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

const isAfter =
  (after: RetrievalRequest['after']) =>
  ({ score, messagePk }: Ranked): boolean =>
    after === undefined || score < after.score || (score === after.score && messagePk < after.messagePk);

/** The best units of the best messages, with why. */
function describe(
  r: SpaceReader,
  request: RetrievalRequest,
  ranked: readonly Ranked[],
  words: WordFinding,
  near: readonly Near[],
): Candidate[] {
  const choose = unitChooser(words.weights);
  const hits = new Map(words.hits.map((hit) => [hit.messagePk, hit]));
  const similarities = new Map(near.map(({ messagePk, similarity }) => [messagePk, similarity]));
  const excluded = new Set(request.excludeAcuIds);
  const isOfType = (type: AcuType) => request.type === undefined || type === request.type;
  const candidates: Candidate[] = [];
  for (let from = 0; from < ranked.length && candidates.length < request.limit; from += request.limit) {
    const slice = ranked.slice(from, from + request.limit);
    const told = r.acus.ofMessages(slice.map(({ messagePk }) => messagePk));
    const out = request.heedsExclusions ? r.exclusions.units(told.map(({ acu }) => acu.pk)) : none;
    const units = Map.groupBy(
      told.filter(
        ({ acu, message }) =>
          !out.has(acu.pk) && !excluded.has(acu.id) && message.id !== request.like && isOfType(acu.type),
      ),
      ({ message }) => message.pk,
    );
    for (const message of slice) {
      const { messagePk, score } = message;
      const reasons = reasonsOf(message, hits.get(messagePk), words.terms, similarities.get(messagePk));
      for (const { unit, fit } of choose(units.get(messagePk) ?? [], request.perMessage)) {
        candidates.push({ ...unit, score: score * fit, reasons });
      }
    }
  }
  return candidates.sort((a, b) => b.score - a.score).slice(0, request.limit);
}
