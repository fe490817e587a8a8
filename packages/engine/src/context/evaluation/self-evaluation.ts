/**
 * `vivim eval self`: asks the engine's own search for one's own conversations, after everything else and one question at a time, and
 * counts how often the right one is found. The first message of the conversation is held out of words, vectors and units, as if it
 * had never been said, and titles are no part of what search reads: neither can be found as itself. Held in memory: writes nothing,
 * and what it tells holds no content.
 */
import type { Clock } from '@vivim/contract/clock';
import { isoTime } from '@vivim/contract/clock';
import type { SelfEvaluation, StartSelfEvaluation } from '@vivim/contract/self-evaluation';
import type { BackgroundTask } from '../../background.ts';
import type { AskedFor } from '../../space/stores/self-questions.ts';
import type { UserSpace } from '../../space/user-space.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import { figuresBy, figuresOf, type SelfAnswer } from './self-figures.ts';
import { questionsFor, type SelfQuestion } from './self-questions.ts';

export interface SelfEvaluationDeps {
  readonly space: UserSpace;
  readonly retriever: Pick<Retriever, 'retrieve'>;
  readonly clock: Clock;
  readonly wake: () => void;
}

/** Units looked at for the first ten conversations, which may have several each. */
const found = 60;
const ranked = 10;
const mostMissed = 20;
/** Conversations of which questions are made in one step. */
const slice = 20;
/** A vector that comes late is asked for again: what is measured is the whole of search. */
const tries = 3;

const none: SelfEvaluation = {
  state: 'none',
  startedAt: null,
  without: [],
  progress: { done: 0, of: 0 },
  asked: 0,
  left: { short: 0, wordless: 0, ambiguous: 0 },
  wordsAlone: 0,
  all: null,
  by: { kind: {}, source: {}, age: {}, language: {} },
  missed: [],
};

interface Run {
  readonly asked: StartSelfEvaluation;
  readonly startedMs: number;
  readonly of: number;
  readonly waiting: AskedFor[];
  readonly titles: ReadonlyMap<string, number>;
  readonly questions: SelfQuestion[];
  readonly answers: SelfAnswer[];
  readonly left: { short: number; wordless: number; ambiguous: number };
  state: SelfEvaluation['state'];
  wordsAlone: number;
}

export class SelfEvaluations implements BackgroundTask {
  readonly name = 'self-evaluation';
  readonly #deps: SelfEvaluationDeps;
  #run: Run | null = null;

  constructor(deps: SelfEvaluationDeps) {
    this.#deps = deps;
  }

  /** Begin; one that is under way ends. */
  start(asked: StartSelfEvaluation): SelfEvaluation {
    const { space, clock, wake } = this.#deps;
    const { waiting, titles } = space.read((r) => {
      const some = r.selfQuestions.some(asked.conversations);
      const named = new Set(some.flatMap(({ title }) => title?.trim().toLowerCase() ?? []));
      return { waiting: some.reverse(), titles: r.selfQuestions.titled([...named]) };
    });
    this.#run = {
      asked,
      startedMs: clock(),
      of: waiting.length,
      waiting,
      titles,
      questions: [],
      answers: [],
      left: { short: 0, wordless: 0, ambiguous: 0 },
      state: waiting.length === 0 ? 'done' : 'running',
      wordsAlone: 0,
    };
    wake();
    return this.shown();
  }

  /** Ask no further. */
  cancel(): SelfEvaluation {
    if (this.#run?.state === 'running') this.#run.state = 'cancelled';
    return this.shown();
  }

  shown(): SelfEvaluation {
    const run = this.#run;
    if (run === null) return none;
    const { answers } = run;
    const behind = new Set(run.questions.map(({ conversation }) => conversation.pk)).size;
    const missed = answers.flatMap(({ question, rank }) =>
      rank === null ? [{ conversationId: question.conversation.id, kind: question.kind }] : [],
    );
    return {
      state: run.state,
      startedAt: isoTime(run.startedMs),
      without: run.asked.without,
      progress: { done: run.of - run.waiting.length - behind, of: run.of },
      asked: answers.length,
      left: run.left,
      wordsAlone: run.wordsAlone,
      all: answers.length === 0 ? null : figuresOf(answers),
      // Many bootstraps; while it runs only the whole is told.
      by: run.state === 'running' ? none.by : figuresBy(answers, this.#deps.clock()),
      missed: missed.slice(0, mostMissed),
    };
  }

  /** Rests with nothing to do: it keeps no engine alive. */
  pending(): number {
    const run = this.#run;
    return run?.state === 'running' ? run.waiting.length + run.questions.length : 0;
  }

  /** Ask one question, or make some. */
  async step(signal: AbortSignal): Promise<void> {
    const run = this.#run;
    if (run === null || run.state !== 'running') return;
    try {
      const question = run.questions.pop();
      if (question === undefined) this.#make(run);
      else await this.#ask(run, question, signal);
      if (run.state === 'running' && run.questions.length + run.waiting.length === 0) run.state = 'done';
    } catch (error) {
      if (!signal.aborted) run.state = 'failed';
      throw error;
    }
  }

  #make(run: Run): void {
    const some = run.waiting.splice(-slice);
    this.#deps.space.read((r) => {
      for (const conversation of some) {
        const made = questionsFor(r, conversation, run.titles);
        if (typeof made === 'string') run.left[made] += 1;
        else run.questions.push(...made);
      }
    });
  }

  async #ask(run: Run, question: SelfQuestion, signal: AbortSignal): Promise<void> {
    const { without } = run.asked;
    for (let nth = 1; ; nth += 1) {
      const { candidates, meaningReady } = await this.#deps.retriever.retrieve(
        {
          text: question.text,
          limit: found,
          perMessage: 1,
          without,
          view: { withoutMessagePk: question.firstMessagePk },
        },
        signal,
      );
      const wanted = !without.includes('meaning');
      if (wanted && !meaningReady && nth < tries) continue;
      if (wanted && !meaningReady) run.wordsAlone += 1;
      const conversations = [...new Set(candidates.map(({ conversation }) => conversation.pk))].slice(0, ranked);
      const at = conversations.indexOf(question.conversation.pk);
      run.answers.push({ question, rank: at < 0 ? null : at + 1 });
      return;
    }
  }
}
