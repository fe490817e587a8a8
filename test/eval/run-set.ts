/** One evaluation set through a running server: each corpus a person of its own, because external ids repeat across corpora. */
import type { Arm } from '@vivim/contract/arms';
import { AppError } from '@vivim/contract/errors';
import { importFile, type Person, quiet, signUp } from '../kit/people.ts';
import type { Corpus, EvalSet, Question } from './eval-set.ts';
import { budgets, cutoffs, type Scored, share } from './score.ts';

export interface RunOptions {
  readonly url: string;
  /** Arms of retrieval that are left out. */
  readonly without: readonly Arm[];
  readonly say: (line: string) => void;
}

export async function runSet(set: EvalSet, options: RunOptions): Promise<Scored[]> {
  const scored: Scored[] = [];
  for (const corpus of set.corpora) scored.push(...(await runCorpus(corpus, options)));
  return scored;
}

async function runCorpus(corpus: Corpus, { url, without, say }: RunOptions): Promise<Scored[]> {
  const meaning = !without.includes('meaning');
  const person = await signUp(url);
  const started = performance.now();
  const file = JSON.stringify({ conversations: corpus.conversations });
  const run = await importFile(person, `${corpus.id}.json`, file);
  const { conversations, messages } = run.report;
  if (run.state !== 'done' || conversations.skipped > 0 || conversations.added !== corpus.conversations.length) {
    throw new Error(`${corpus.id} was not imported whole: ${JSON.stringify(run.error ?? run.report)}`);
  }
  await quiet(person, { embedding: meaning });
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  say(
    `${corpus.id}: ${messages.added} messages in and worked through after ${seconds} s, ${corpus.questions.length} questions`,
  );
  const scored: Scored[] = [];
  for (const question of corpus.questions) scored.push(await ask(person, corpus.id, question, without));
  return scored;
}

async function ask(
  { client }: Person,
  corpus: string,
  { id, category, question, evidence }: Question,
  without: readonly Arm[],
): Promise<Scored> {
  const { items, searchMs } = await searchWith(client, question, without);
  const hits = items.map(({ message }) => message.externalId);
  const cited: Record<number, number> = {};
  for (const budget of budgets) cited[budget] = share(evidence, await citedIn(client, question, budget, without));
  return {
    id,
    corpus,
    category,
    recall: Object.fromEntries(cutoffs.map((k) => [k, share(evidence, hits.slice(0, k))])),
    cited,
    searchMs,
  };
}

/** The question's vector may come too late on a busy machine; a score is of the whole engine, so it is asked again. */
const mostTries = 60;
const breathMs = 1_000;

async function searchWith(client: Person['client'], q: string, without: readonly Arm[]) {
  const meaning = !without.includes('meaning');
  const left = without.length === 0 ? {} : { without: without.join(',') };
  for (let tries = 1; ; tries++) {
    const started = performance.now();
    const { items, meaningReady } = await client.search({ query: { q, ...left, limit: Math.max(...cutoffs) } });
    const searchMs = performance.now() - started;
    if (meaningReady === meaning) return { items, searchMs };
    if (meaningReady || tries === mostTries) {
      throw new Error(`Vectors were ${meaningReady ? '' : 'not '}there for “${q}”.`);
    }
    await new Promise((resolve) => setTimeout(resolve, breathMs));
  }
}

/** External ids of the messages a bundle of this size cites; none where the question alone does not fit. */
async function citedIn(
  client: Person['client'],
  query: string,
  budget: number,
  without: readonly Arm[],
): Promise<(string | null)[]> {
  try {
    const bundle = await client.createContext({ body: { query, budget, without: [...without] } });
    if (bundle.tokens > budget) throw new Error(`A bundle of ${bundle.tokens} tokens for a budget of ${budget}.`);
    return bundle.citations.map(({ message }) => message?.externalId ?? null);
  } catch (error) {
    if (error instanceof AppError && error.code === 'budget_too_small') return [];
    throw error;
  }
}
