/**
 * One context request from end to end: plan, retrieve, gather the layers, compile. Slow work stands between the reads,
 * never inside one. Decides nothing about sizes (budget) or words (layers, renderers).
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Asker } from '@vivim/contract/assembly';
import type { Bundle, ContextRequest, StandingKind } from '@vivim/contract/context';
import type { ContextEvent } from '@vivim/contract/context-events';
import { AppError } from '@vivim/contract/errors';
import { builtInRecipes, type Recipe } from '@vivim/contract/recipe';
import type { Subject } from '../space/stores/bundle-material.ts';
import type { SpaceReader } from '../space/transactors.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { View } from '../space/view.ts';
import type { AssemblyRecords } from './assembly-records.ts';
import { type SharingLayer, sharingLayers } from './budget.ts';
import { compilingBundle, type DecidedLayer, fixedTokens } from './bundle-compiler.ts';
import type { Retrieving } from './candidate.ts';
import type { Foresight } from './foresight/foresight.ts';
import { outcomeOf } from './foresight/outcome.ts';
import type { SubjectKey } from './foresight/predict.ts';
import type { UnderWay } from './foresight/under-way.ts';
import { gather, type Standing } from './gather.ts';
import type { KnownSubject } from './layers/subjects.ts';
import type { NameIndex } from './name-index.ts';
import { nearUnits } from './near-units.ts';
import { PageQuestions } from './page-questions.ts';
import { type ContextPlan, planContext } from './plan.ts';
import { TopicVectorMemory } from './profiles/topic-vector-memory.ts';
import { citationOf } from './quote.ts';
import { type SettledRequest, settle } from './settings.ts';
import type { StandingBundles } from './standing-bundles.ts';
import { layerOfKind, subjectHeading } from './standing-recipes.ts';
import { Stopwatch } from './stopwatch.ts';
import { namesIn, type SubjectNames } from './subject-names.ts';
import { tokenizers } from './tokens/tokenizers.ts';
import { topicsAtHand } from './topics-at-hand.ts';
import { subjectsToldOf } from './withheld.ts';

export interface ContextDeps {
  readonly space: UserSpace;
  readonly retriever: Retrieving;
  readonly standing: StandingBundles;
  readonly records: AssemblyRecords;
  readonly names: SubjectNames;
  readonly foresight: Foresight;
  readonly underWay: UnderWay;
}

/** Topics and entities a message can bring in. */
const mostSubjects = 3;
/** Names looked through before those that are kept out are left away. */
const namesLooked = 2_000;
/** This many candidates are a full answer. */
const fullCoverage = 20;

export class ContextOrchestrator {
  readonly #deps: ContextDeps;
  readonly #pages = new PageQuestions();
  readonly #topicVectors: TopicVectorMemory;

  constructor(deps: ContextDeps) {
    this.#deps = deps;
    this.#topicVectors = new TopicVectorMemory(deps.space);
  }

  /**
   * Compile the context for a message. The same request on the same space gives the same text, hash and citations;
   * a record of it is kept.
   * @throws AppError as {@link assemble}
   */
  async compile(
    asked: ContextRequest,
    asker: Asker,
    gone: AbortSignal = new AbortController().signal,
  ): Promise<Bundle> {
    for await (const event of this.assemble(asked, asker, gone)) if (event.type === 'bundle') return event.bundle;
    throw new Error('A context ended without its bundle.');
  }

  /**
   * The same, told as it forms. Between any two stages, and between any two layers, whoever is gone is noticed: nothing is written
   * then, no record and no tally. What was compiled for good before that, a standing bundle, was whole by itself.
   *
   * @param gone aborts when nobody waits any more; its reason is thrown
   * @throws AppError `budget_too_small` when the message alone does not fit, `not_found` for an unknown conversation,
   *   `request_invalid` for an unknown recipe, all before anything is told; `context_superseded` at any time
   */
  async *assemble(asked: ContextRequest, asker: Asker, gone: AbortSignal): AsyncGenerator<Formed> {
    const leave = this.#deps.underWay.enter();
    const question = this.#pages.begin(asker.sessionId, asked.page, gone);
    try {
      yield* this.#assemble(asked, asker, question.signal);
    } finally {
      question.close();
      leave();
    }
  }

  async *#assemble(asked: ContextRequest, asker: Asker, signal: AbortSignal): AsyncGenerator<Formed> {
    const watch = new Stopwatch();
    const { space, retriever, records, foresight } = this.#deps;
    const request = space.read((r) => settle(asked, recipeOf(r, asked)));
    const { query: message, budget, format, recipe, view } = request;
    const plan = space.read((r) => this.#plan(r, request), view);
    const tokenizer = await tokenizers[request.tokenizer]();
    const fixed = fixedTokens({ message, budget, format }, tokenizer);
    watch.lap('plan');
    yield {
      type: 'plan',
      budget,
      format,
      recipe,
      layers: sharingLayers.map((layer) => ({ layer, ...plan.layers[layer] })),
    };
    const [retrieval, known] = await Promise.all([
      plan.retrieval === null ? null : retriever.retrieve(plan.retrieval, signal),
      this.#known(plan, view, signal),
    ]);
    await stillWanted(signal);
    watch.lap('retrieve');
    const candidates = retrieval?.candidates ?? [];
    yield { type: 'found', passages: candidates.length };
    const topics = space.read((r) => {
      // A view may see other topics than the space has now.
      const vectorsOf = view === undefined ? (model: string) => this.#topicVectors.of(r, model) : undefined;
      return topicsAtHand(r, request, plan.topics, candidates, retrieval?.asked ?? null, mostSubjects, vectorsOf);
    }, view);
    const standing = { ...known, topics: await this.#bundlesOf(plan, 'topic', topics, view, signal) };
    watch.lap('standing');
    const { layers, near } = space.read((r) => {
      const gathered = gather(r, request, plan, candidates, standing);
      return { layers: gathered, near: nearUnits(r, gathered) };
    }, view);
    await stillWanted(signal);
    watch.lap('gather');
    const compiling = compilingBundle(
      {
        message,
        budget,
        format,
        depth: request.depth,
        weights: request.weights,
        longestQuote: request.longestQuote,
        layers,
        topics: standing.topics.length,
        entities: standing.entities.length,
        conversationMessages: plan.conversation?.messages ?? 0,
        coverage: Math.min(1, candidates.length / fullCoverage),
        near,
      },
      tokenizer,
    );
    const used = new Map<SharingLayer, number>();
    let step = compiling.next();
    for (; !step.done; step = compiling.next()) {
      if (step.value !== null && plan.layers[step.value.layer].asked) {
        used.set(step.value.layer, step.value.used);
        yield formingLayer(
          step.value,
          [...used.values()].reduce((sum, tokens) => sum + tokens, fixed),
        );
      }
      await stillWanted(signal);
    }
    watch.lap('compile');
    const timings = { ...prefixed('retrieve', retrieval?.timings), ...watch.laps() };
    const bundle = { ...step.value, recipe, timings };
    const outcome = outcomeOf(foresight.predicted, subjectsOf(plan, topics));
    const { id, given } = records.keep({ bundle, candidates, request, asked }, asker, outcome);
    foresight.asked();
    yield { type: 'bundle', bundle: { id, ...bundle }, given };
  }

  #plan(r: SpaceReader, request: SettledRequest): ContextPlan {
    const { conversationId, query } = request;
    const conversation = conversationId === undefined ? null : r.bundles.material.conversation(conversationId);
    if (conversationId !== undefined && conversation === null) throw new AppError('not_found');
    const names = request.view === undefined ? this.#deps.names.of(r) : namesIn(r);
    if (request.projectId !== undefined && r.projects.find(request.projectId) === null)
      throw new AppError('not_found', undefined, { field: 'projectId' });
    const told = (kind: 'topic' | 'entity', index: NameIndex) =>
      subjectsToldOf(r, kind, index.namedIn(query, namesLooked)).slice(0, mostSubjects);
    return planContext(request, {
      conversation,
      topics: told('topic', names.topics),
      entities: told('entity', names.entities),
    });
  }

  /** The standing bundles that are known before anything is found, looked up while the vector of the question is made elsewhere. */
  async #known(plan: ContextPlan, view: View | undefined, signal: AbortSignal): Promise<Omit<Standing, 'topics'>> {
    await stillWanted(signal);
    const { conversation, entities } = plan;
    return {
      identity: await this.#bundle(plan, 'identity_core', '', view, signal),
      preferences: await this.#bundle(plan, 'global_prefs', '', view, signal),
      entities: await this.#bundlesOf(plan, 'entity', entities, view, signal),
      conversation: conversation && (await this.#bundle(plan, 'conversation', conversation.id, view, signal)),
    };
  }

  async #bundlesOf(
    plan: ContextPlan,
    kind: 'topic' | 'entity',
    of: readonly Subject[],
    view: View | undefined,
    signal: AbortSignal,
  ): Promise<KnownSubject[]> {
    const bundles: KnownSubject[] = [];
    for (const subject of of) {
      const bundle = await this.#bundle(plan, kind, subject.id, view, signal);
      if (bundle !== null) bundles.push({ subject, heading: subjectHeading(subject), quotes: bundle.quotes });
    }
    return bundles;
  }

  /** Null where its layer is not asked for, or its subject is gone. */
  async #bundle(plan: ContextPlan, kind: StandingKind, subject: string, view: View | undefined, signal: AbortSignal) {
    if (!plan.layers[layerOfKind[kind]].asked) return null;
    const { standing } = this.#deps;
    const bundle = await (view === undefined ? standing.ensure(kind, subject) : standing.seen(kind, subject, view));
    await stillWanted(signal);
    return bundle;
  }
}

/** What an assembly tells of itself. */
type Formed = Exclude<ContextEvent, { type: 'problem' }>;

/** Lets what waits have a turn, the news that a client left among it. @throws what the signal was aborted with */
async function stillWanted(signal: AbortSignal): Promise<void> {
  await nextTurn();
  signal.throwIfAborted();
}

function formingLayer({ layer, allotted, used, reason, lines }: DecidedLayer, tokens: number): Formed {
  const cited = lines.map(({ quote }) => {
    const { ref: _, ...line } = citationOf('', layer, quote);
    return line;
  });
  return { type: 'layer', layer, allotted, used, reason, tokens, lines: cited };
}

/** What a question turned out to be about. */
function subjectsOf({ conversation, entities }: ContextPlan, topics: readonly Subject[]): SubjectKey[] {
  return [
    ...(conversation === null ? [] : [{ kind: 'conversation', id: conversation.id } as const]),
    ...topics.map(({ id }) => ({ kind: 'topic', id }) as const),
    ...entities.map(({ id }) => ({ kind: 'entity', id }) as const),
  ];
}

/** @throws AppError `request_invalid` for a name nobody gave a recipe */
function recipeOf(r: SpaceReader, { recipe: name }: ContextRequest): Recipe {
  const [usual] = builtInRecipes;
  const found = name === undefined ? usual : r.recipes.find(name);
  if (found === undefined || found === null) {
    const names = r.recipes.all().map((recipe) => recipe.name);
    throw new AppError('request_invalid', `There is no recipe ${name}. There are ${names.join(', ')}.`, {
      field: 'recipe',
    });
  }
  return found;
}

const prefixed = (name: string, timings: Readonly<Record<string, number>> = {}): Record<string, number> =>
  Object.fromEntries(Object.entries(timings).map(([stage, ms]) => [`${name}.${stage}`, ms]));
