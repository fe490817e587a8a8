/**
 * From a question to cited units: what each arm finds, fused. Everything the engine finds is found here. Deterministic: the same
 * question on the same space finds the same, but for whether meaning answered in time.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AcuType } from '@vivim/contract/acu';
import type { Clock } from '@vivim/contract/clock';
import { builtInEmbedder } from '@vivim/contract/models';
import type { Embedder } from '../../models/embedder.ts';
import { isOnOtherBranch } from '../../space/place.ts';
import { isSelective } from '../../space/stores/message-filter.ts';
import type { SpaceReader } from '../../space/transactors.ts';
import type { UserSpace } from '../../space/user-space.ts';
import type { BranchCandidate, Candidate, Retrieval, RetrievalRequest } from '../candidate.ts';
import { saidKey } from '../quote.ts';
import { Stopwatch } from '../stopwatch.ts';
import { bestPassage } from './best-passage.ts';
import { findMessages, hasArm, knownOf, wordArm } from './find-messages.ts';
import { type Found, Fusion } from './fuse.ts';
import type { WordFinding } from './keyword.ts';
import { QuestionVector } from './question-vector.ts';
import type { Ranking } from './ranking.ts';
import { readQuestion } from './read-question.ts';
import { type ReasonNotes, reasonsOf } from './reasons.ts';
import { TermCounts } from './term-counts.ts';
import { tuning } from './tuning.ts';
import { unitChooser } from './unit-choice.ts';
import type { VectorIndex } from './vector-index.ts';
import type { Similarities, Vicinity } from './vicinity.ts';

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
  readonly #embedder: Embedder | null;
  readonly #questionVector: QuestionVector | null;
  readonly #counts = new TermCounts();

  constructor({ space, embedder, vectors, clock }: RetrieverDeps) {
    this.#space = space;
    this.#vectors = vectors;
    this.#clock = clock;
    this.#embedder = embedder;
    this.#questionVector = embedder === null || vectors === null ? null : new QuestionVector(embedder, vectors, clock);
  }

  async retrieve(request: RetrievalRequest, signal?: AbortSignal): Promise<Retrieval> {
    const watch = new Stopwatch();
    const seen: UserSpace['read'] = (work) => this.#space.read(work, request.view);
    const read = seen((r) => readQuestion(r, request, request.view?.asOfMs ?? this.#clock()));
    // So much further each arm looks that what is kept out leaves room for what ranks behind it.
    const out = request.heedsExclusions ? seen((r) => r.exclusions.count()) : 0;
    const asking = read.meant.length === 0 ? null : (this.#questionVector?.of(read.meant, signal) ?? null);
    // The request to the embedder is on its way while words are looked up: both take about as long.
    if (asking !== null) await nextTurn();
    signal?.throwIfAborted();
    const { words, known } = seen((r) => {
      const { messages } = r.words.corpus();
      // A view counts what it sees, which nobody else does.
      const shown = request.view === undefined ? this.#counts.over(r.words, this.#space.version) : r.words;
      return { words: wordArm(r, shown, read, request, out), known: knownOf(r, read, request, messages) };
    });
    watch.lap('words');
    const made = await asking;
    if (signal !== undefined) await nextTurn();
    signal?.throwIfAborted();
    const vectors = this.#questionVector?.current(made) ?? null;
    const vicinity =
      vectors === null ? null : (this.#vectors?.around(vectors, nearestFor(request, out), request.view) ?? null);
    const first: Similarities = vectors === null || vicinity === null ? new Map() : vicinity.similarities(vectors);
    watch.lap('meaning');
    const asked = {
      answer: read.asksAnswer,
      answers: hasArm(request)('answer'),
      allWords: words.allWords,
      // Who asks for what somebody said asks for more than the words that are left.
      terms: read.speakers.length === 0 ? words.terms.length : 0,
      first: read.order === 'first',
      onlyTime: read.onlyTime,
      foreign: read.question.isOtherScript && this.#embedder?.name === builtInEmbedder.name,
    };
    const { candidates, elsewhere, nowhere, queued } = seen((r) => {
      const found = findMessages(r, request, read, words, first, known);
      const fusion = new Fusion(found, asked);
      const similarities = vectors === null || vicinity === null ? first : fedBack(vicinity, vectors, fusion, first);
      const ranked = fusion.ranking(similarities, request.after);
      const notes: ReasonNotes = {
        words,
        similarities,
        event: read.event,
        naming: known.naming,
        first: asked.first,
      };
      return {
        candidates: describe(r, request, ranked, notes),
        elsewhere: request.allBranches ? onBranches(r, request, ranked, found, notes) : [],
        // Whether a word stands in what is kept out is not told either.
        nowhere: out === 0 ? words.nowhere : unsaid(words, found),
        queued: r.outbox.count('embed'),
      };
    });
    watch.lap('units');
    const unheld = read.question.quotes.filter((quote) => nowhere.includes(quote));
    // Nor is a date missing that says when, and that nobody has to have written.
    const isHeld = (term: string): boolean => !(read.onlyTime ? nowhere : unheld).includes(term);
    const terms = read.question.terms.map(({ text }) => text).filter(isHeld);
    const [whole] = vectors ?? [];
    const asMeaning = whole === undefined ? null : { model: this.#embedder?.name ?? '', vector: whole };
    // Who asks for a time alone, or who they are, waits for no vector: nothing was to be compared.
    const meansNothing = read.meant.length === 0 && hasArm(request)('meaning') && this.#questionVector !== null;
    const meaningReady = (vectors !== null || meansNothing) && queued === 0;
    return {
      candidates,
      elsewhere,
      terms,
      nowhere: nowhere.filter(isHeld),
      unheld,
      spelt: words.spelt,
      meaningReady,
      asked: asMeaning,
      timings: watch.laps(),
    };
  }
}

/** Words of the question that none of these messages says. */
function unsaid({ terms, weights }: WordFinding, found: readonly Found[]): string[] {
  const said = new Set(found.flatMap(({ words }) => words?.ownTerms.map((index) => terms[index]) ?? []));
  return weights.flatMap(({ word }) => (said.has(word) ? [] : word));
}

/** How near each is to the question moved towards what was found first, and for its parts. */
function fedBack(
  vicinity: Vicinity,
  [vector, ...parts]: readonly Float32Array[],
  fusion: Fusion,
  similarities: Similarities,
): Similarities {
  if (vector === undefined) return similarities;
  const { first, weight, answersFrom } = tuning.feedback;
  const best = fusion.first(similarities, first);
  // In a small history the third may have nothing to do with it, and would be found again for having been found.
  const answering = best.filter(({ score }) => score >= answersFrom * (best[0]?.score ?? 0));
  const towards = vicinity.towards(
    vector,
    answering.map(({ messagePk }) => messagePk),
    weight,
  );
  return vicinity.similarities([towards, ...parts]);
}

const none: ReadonlySet<number> = new Set();

/** Vectors compared for what is kept out, at most. */
const mostNearest = 5_000;

const nearestFor = (request: RetrievalRequest, out: number): number =>
  Math.min(mostNearest, tuning.nearest * (isSelective(request) || request.view !== undefined ? 10 : 1) + out);

/** The best messages of other branches, with why. */
function onBranches(
  r: SpaceReader,
  request: RetrievalRequest,
  ranked: Ranking,
  found: readonly Found[],
  notes: ReasonNotes,
): BranchCandidate[] {
  const elsewhere = new Set(found.flatMap(({ messagePk, place }) => (isOnOtherBranch(place) ? messagePk : [])));
  const best = ranked
    .slice()
    .filter(({ messagePk }) => elsewhere.has(messagePk))
    .slice(0, request.limit);
  const messages = new Map(
    r.branchWords.messages(best.map(({ messagePk }) => messagePk)).map((one) => [one.message.pk, one]),
  );
  const reasons = reasonsOf(notes);
  return best.flatMap((one): BranchCandidate[] => {
    const told = messages.get(one.messagePk);
    if (told === undefined || told.message.id === request.like) return [];
    const { message, conversation, text } = told;
    return [
      { message, conversation, text: bestPassage(text, notes.words.weights), score: one.score, reasons: reasons(one) },
    ];
  });
}

/** Slices of what was ranked that are looked at, where most of it is left out or says the same. */
const mostSlices = 20;

/** Which units are in the language and define what is asked for; null where neither is. */
function codeAsked(r: SpaceReader, request: RetrievalRequest): (pks: readonly number[]) => ReadonlySet<number> | null {
  const { language = null, symbolFrom = null, symbolTo = null } = request;
  if (language === null && symbolFrom === null) return () => null;
  return (pks) => r.code.among(pks, { language, symbolFrom, symbolTo });
}

/** The best units of the best messages, with why. */
function describe(r: SpaceReader, request: RetrievalRequest, ranked: Ranking, notes: ReasonNotes): Candidate[] {
  const choose = unitChooser(notes.words.weights);
  const reasons = reasonsOf(notes);
  const excluded = new Set(request.excludeAcuIds);
  const isOfType = (type: AcuType) => request.type === undefined || type === request.type;
  const isAsked = codeAsked(r, request);
  const candidates: Candidate[] = [];
  const said = new Set<string>();
  const end = request.distinct ? Math.min(ranked.length, mostSlices * request.limit) : ranked.length;
  for (let from = 0; from < end && candidates.length < request.limit; from += request.limit) {
    const slice = ranked.slice(from, from + request.limit);
    const told = r.acus.ofMessages(slice.map(({ messagePk }) => messagePk));
    const asked = isAsked(told.map(({ acu }) => acu.pk));
    const out = request.heedsExclusions ? r.exclusions.units(told.map(({ acu }) => acu.pk)) : none;
    const units = Map.groupBy(
      told.filter(
        ({ acu, message }) =>
          !out.has(acu.pk) &&
          !excluded.has(acu.id) &&
          message.id !== request.like &&
          isOfType(acu.type) &&
          asked?.has(acu.pk) !== false,
      ),
      ({ message }) => message.pk,
    );
    for (const message of slice) {
      const { messagePk, score } = message;
      const why = reasons(message);
      for (const { unit, fit } of choose(units.get(messagePk) ?? [], request.perMessage)) {
        if (request.distinct) {
          const key = saidKey(unit);
          if (said.has(key)) continue;
          said.add(key);
        }
        candidates.push({ ...unit, score: score * fit, reasons: why });
      }
    }
  }
  return candidates.sort((a, b) => b.score - a.score).slice(0, request.limit);
}
