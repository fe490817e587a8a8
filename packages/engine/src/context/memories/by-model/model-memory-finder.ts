/**
 * Has a model look for memories in what a person wrote and no model has read: background work, as many lines at a time as a question
 * holds. Each message is sent once; a kill loses one question. While the model may not be asked, or is away, it waits.
 */
import type { Clock } from '@vivim/contract/clock';
import { AppError, type ErrorCode } from '@vivim/contract/errors';
import type { MemoryModel } from '@vivim/contract/model-services';
import type { BackgroundTask } from '../../../background.ts';
import type { ModelServiceRow } from '../../../space/stores/model-services.ts';
import type { SpaceReader, SpaceWriter } from '../../../space/transactors.ts';
import type { UserSpace } from '../../../space/user-space.ts';
import { BackOff } from '../../services/back-off.ts';
import type { Question } from '../../services/chat-model.ts';
import { beginsAsPlay, isOfSeveral, isTelling, MessagesRead, mostOfUnit } from '../own-words.ts';
import { type Line, mostAnswerTokens, questionOf, schema, system, written } from './model-question.ts';
import { proveProposal } from './prove-proposal.ts';
import { readProposals } from './read-proposals.ts';

export interface ModelMemoryFinderDeps {
  readonly space: UserSpace;
  readonly clock: Clock;
  /** Asks a service one question. @throws AppError */
  readonly ask: (service: ModelServiceRow, question: Question) => Promise<string>;
  readonly wake: () => void;
}

/** Characters of the lines of one question: with what is said around them and the answer they fit a small model's context. */
const questionLength = 8_000;
/** Conversations of one question, and units looked at of each. */
const batch = { conversations: 24, units: 400 };

/** The question came back without an answer that is one; asking again and again would cost and change nothing. */
const unanswerable: readonly ErrorCode[] = ['model_answer_invalid', 'request_too_large'];

/** What one question is about. */
interface Batch {
  readonly lines: readonly Line[];
  /** Messages it reads, by what they were. */
  readonly messages: ReadonlyMap<number, string>;
  readonly conversations: readonly { readonly pk: number; readonly attempts: number }[];
  /** Conversations nothing is left of, and those no model is to read. */
  readonly done: readonly number[];
  readonly passedOver: readonly number[];
}

export class ModelMemoryFinder implements BackgroundTask {
  readonly name = 'memories-by-model';
  readonly awaits = true;
  readonly #deps: ModelMemoryFinderDeps;
  readonly #backOff: BackOff;

  constructor(deps: ModelMemoryFinderDeps) {
    this.#deps = deps;
    this.#backOff = new BackOff(deps);
  }

  pending(): number {
    if (this.#backOff.isWaiting()) return 0;
    return this.#deps.space.read((r) => (chosen(r) === null ? 0 : r.outbox.count('memories_by_model')));
  }

  state(r: SpaceReader | SpaceWriter): MemoryModel {
    return { ...r.modelFindings.state(), waiting: r.outbox.count('memories_by_model') };
  }

  /**
   * Who looks from now on; null: nobody. What was found stays.
   * @throws AppError `not_found`, `model_not_allowed`, `request_invalid` where it was not tested
   */
  choose(w: SpaceWriter, service: string | null): MemoryModel {
    if (service !== null) {
      const row = w.modelServices.find(service);
      if (row === null) throw new AppError('not_found');
      if (row.memoriesAgreedMs === null) throw new AppError('model_not_allowed');
      if (row.chatForm === null)
        throw new AppError('request_invalid', 'Test it first, so that it is known how it answers.');
    }
    w.modelFindings.choose(service);
    w.outbox.clear('memories_by_model');
    if (service !== null) w.outbox.putAll('memories_by_model', this.#deps.clock());
    return this.state(w);
  }

  /** A service went, changed, or may not be asked any more. */
  lose(w: SpaceWriter, service: string): void {
    if (w.modelFindings.state().service === service) this.choose(w, null);
  }

  /** After a transaction that may have changed who is asked, or what may be. */
  settle(): void {
    this.#backOff.reset();
    this.#deps.wake();
  }

  /** @throws AppError what asking throws, but for an answer that is none: that is counted */
  async step(signal: AbortSignal): Promise<void> {
    const { space, ask } = this.#deps;
    const service = space.read(chosen);
    if (service === null) return;
    const taken = space.read(takeBatch);
    space.write((w) => {
      for (const pk of taken.passedOver) w.modelFindings.passOver(pk);
      w.outbox.done('memories_by_model', [...taken.passedOver, ...taken.done]);
    });
    if (taken.lines.length === 0) return this.#put(service, taken, '{"memories":[]}', false);
    const question = { purpose: 'memories', system, user: questionOf(taken.lines), schema } as const;
    try {
      const answer = await unlessAborted(ask(service, { ...question, mostTokens: mostAnswerTokens }), signal);
      this.#put(service, taken, answer, true);
    } catch (error) {
      if (signal.aborted) throw error;
      this.#backOff.failed(error);
      if (!(error instanceof AppError) || !unanswerable.includes(error.code)) throw error;
      this.#countInvalid(taken);
    }
  }

  #put(service: ModelServiceRow, { lines, messages, conversations }: Batch, answer: string, asked: boolean): void {
    const { space, clock } = this.#deps;
    const read = readProposals(answer);
    if (read === null) throw new AppError('model_answer_invalid', 'It did not answer in the shape that was asked for.');
    const nowMs = clock();
    const own = new MessagesRead();
    const proven = read.proposals.flatMap((proposal) => proveProposal(proposal, lines, own, nowMs) ?? []);
    space.write((w) => {
      // Taken back meanwhile: what it said is not wanted any more.
      if (chosen(w)?.name !== service.name) return;
      const by = { model: service.model, marks: w.erasures.marks(), nowMs };
      const { kept, known } = w.modelFindings.put(messages, proven, by);
      if (asked)
        w.modelFindings.count({
          answers: 1,
          proposed: read.proposals.length + read.malformed,
          malformed: read.malformed,
          unproven: read.proposals.length - proven.length,
          kept,
          known,
        });
      w.outbox.done(
        'memories_by_model',
        conversations.map(({ pk }) => pk).filter((pk) => w.modelFindings.unread(pk, 1).length === 0),
      );
    });
    this.#backOff.succeeded();
  }

  /** After the third time what it cannot answer is left, until it changes. */
  #countInvalid({ conversations }: Batch): void {
    this.#deps.space.write((w) => {
      w.modelFindings.count({ answers: 1, invalid: 1 });
      for (const { pk, attempts } of conversations) w.outbox.failed('memories_by_model', pk, attempts);
    });
  }
}

/** An engine that ends waits for no model. */
function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  return Promise.race([answer, promise]).finally(() => signal.removeEventListener('abort', abort));
}

/** The service that is asked: chosen, agreed to, and known to answer. */
function chosen(r: SpaceReader | SpaceWriter): ModelServiceRow | null {
  const { service } = r.modelFindings.state();
  const row = service === null ? null : r.modelServices.find(service);
  return row === null || row.memoriesAgreedMs === null || row.chatForm === null ? null : row;
}

function takeBatch(r: SpaceReader): Batch {
  const lines: Line[] = [];
  const messages = new Map<number, string>();
  const [conversations, done, passedOver]: [Batch['conversations'][number][], number[], number[]] = [[], [], []];
  const own = new MessagesRead();
  let length = 0;
  const waiting = r.outbox.take('memories_by_model', batch.conversations);
  // What could not be answered together is asked by itself, and in less at a time.
  const fails = waiting[0]?.attempts ?? 0;
  for (const { conversationPk: pk, attempts } of fails > 0 ? waiting.slice(0, 1) : waiting) {
    const { authors, begins } = r.modelFindings.about(pk);
    if (isOfSeveral(authors) || beginsAsPlay(begins)) {
      passedOver.push(pk);
      continue;
    }
    const units = r.modelFindings.unread(pk, batch.units);
    if (units.length === 0) {
      done.push(pk);
      continue;
    }
    let full = false;
    for (const [messagePk, of] of Map.groupBy(units, (unit) => unit.messagePk)) {
      const isLast = units.length === batch.units && messagePk === units.at(-1)?.messagePk;
      // Its other units were not read: it waits, unless it is all there is.
      if (isLast && of.length < units.length) continue;
      const said = own.of(of[0] as (typeof of)[number]).plays
        ? []
        : of.filter(isTelling).flatMap((unit) => ownLine(unit, own));
      const more = said.reduce((sum, line) => sum + written(line, 1_000).length, 0);
      full = lines.length > 0 && length + more > questionLength >> fails;
      if (full) break;
      length += more;
      lines.push(...said);
      messages.set(messagePk, of[0]?.contentHash ?? '');
    }
    conversations.push({ pk, attempts });
    if (full) break;
  }
  return { lines, messages, conversations, done, passedOver };
}

function ownLine(unit: Line['unit'], own: MessagesRead): Line[] {
  const { broughtFrom } = own.of(unit);
  const text = unit.partText.slice(unit.start, Math.min(unit.end, unit.start + mostOfUnit, broughtFrom));
  return /\p{L}/u.test(text) ? [{ unit, text }] : [];
}
