/**
 * One context request from end to end: plan, retrieve, gather the layers, compile. Slow work stands between the reads,
 * never inside one. Decides nothing about sizes (budget) or words (layers, renderers).
 */
import type { Asker } from '@vivim/contract/assembly';
import type { Bundle, ContextRequest, StandingKind } from '@vivim/contract/context';
import { AppError } from '@vivim/contract/errors';
import { builtInRecipes, type Recipe } from '@vivim/contract/recipe';
import type { Subject } from '../space/stores/bundle-material.ts';
import type { SpaceReader } from '../space/transactors.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { AssemblyRecords } from './assembly-records.ts';
import type { SharingLayer } from './budget.ts';
import { compileBundle } from './bundle-compiler.ts';
import type { Retrieval, RetrievalRequest } from './candidate.ts';
import { gather, type Standing } from './gather.ts';
import type { KnownSubject } from './layers/subjects.ts';
import { NameIndex } from './name-index.ts';
import { nearUnits } from './near-units.ts';
import { type ContextPlan, planContext } from './plan.ts';
import { type SettledRequest, settle } from './settings.ts';
import type { StandingBundles } from './standing-bundles.ts';
import { subjectHeading } from './standing-recipes.ts';
import { Stopwatch } from './stopwatch.ts';
import { tokenizers } from './tokens/tokenizers.ts';
import { topicsAtHand } from './topics-at-hand.ts';
import { subjectsToldOf } from './withheld.ts';

export interface ContextDeps {
  readonly space: UserSpace;
  readonly retriever: { retrieve(request: RetrievalRequest): Promise<Retrieval> };
  readonly standing: StandingBundles;
  readonly records: AssemblyRecords;
}

/** Topics and entities a message can bring in, and names looked at to find them. */
const subjects = { most: 3, names: 2_000 };
/** This many candidates are a full answer. */
const fullCoverage = 20;

export class ContextOrchestrator {
  readonly #deps: ContextDeps;
  #names: { version: number; topics: NameIndex; entities: NameIndex } | null = null;

  constructor(deps: ContextDeps) {
    this.#deps = deps;
  }

  /**
   * Compile the context for a message. The same request on the same space gives the same text, hash and citations;
   * a record of it is kept.
   * @throws AppError `budget_too_small` when the message alone does not fit, `not_found` for an unknown conversation,
   *   `request_invalid` for an unknown recipe
   */
  async compile(asked: ContextRequest, asker: Asker): Promise<Bundle> {
    const watch = new Stopwatch();
    const { space, retriever, records } = this.#deps;
    const request = space.read((r) => settle(asked, recipeOf(r, asked)));
    const loading = tokenizers[request.tokenizer]();
    const plan = space.read((r) => this.#plan(r, request));
    watch.lap('plan');
    const [tokenizer, retrieval] = await Promise.all([
      loading,
      plan.retrieval === null ? null : retriever.retrieve(plan.retrieval),
    ]);
    watch.lap('retrieve');
    const candidates = retrieval?.candidates ?? [];
    const topics = space.read((r) => topicsAtHand(r, request, plan.topics, candidates, subjects.most));
    const standing = await this.#standing(plan, topics);
    watch.lap('standing');
    const { layers, near } = space.read((r) => {
      const gathered = gather(r, request, plan, candidates, standing);
      return { layers: gathered, near: nearUnits(r, gathered) };
    });
    watch.lap('gather');
    const bundle = compileBundle(
      {
        message: request.query,
        budget: request.budget,
        format: request.format,
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
    watch.lap('compile');
    const timings = { ...prefixed('retrieve', retrieval?.timings), ...watch.laps() };
    const whole = { ...bundle, recipe: request.recipe, timings };
    return { id: records.keep({ bundle: whole, candidates, request }, asker), ...whole };
  }

  #plan(r: SpaceReader, request: SettledRequest): ContextPlan {
    const { conversationId, query } = request;
    const conversation = conversationId === undefined ? null : r.bundles.material.conversation(conversationId);
    if (conversationId !== undefined && conversation === null) throw new AppError('not_found');
    const names = this.#namesIn(r);
    const told = <K extends 'topic' | 'entity'>(kind: K, index: NameIndex) =>
      subjectsToldOf(r, kind, index.namedIn(query, subjects.names)).slice(0, subjects.most);
    return planContext(request, {
      conversation,
      topics: told('topic', names.topics),
      entities: told('entity', names.entities),
    });
  }

  /** Names change only when the space does by more than bundles compiled from it. */
  #namesIn(r: SpaceReader): { topics: NameIndex; entities: NameIndex } {
    const { space, standing, records } = this.#deps;
    const version = space.version - standing.writes - records.writes;
    if (this.#names?.version !== version) {
      const index = (kind: 'topic' | 'entity') => new NameIndex(r.bundles.material.subjects(kind, subjects.names));
      this.#names = { version, topics: index('topic'), entities: index('entity') };
    }
    return this.#names;
  }

  async #standing(plan: ContextPlan, topics: readonly Subject[]): Promise<Standing> {
    const { standing } = this.#deps;
    const asked = (layer: SharingLayer, kind: StandingKind, subject: string) =>
      plan.layers[layer].asked ? standing.ensure(kind, subject) : null;
    const known = async (layer: SharingLayer, kind: 'topic' | 'entity', of: readonly Subject[]) => {
      const bundles = await Promise.all(of.map((subject) => asked(layer, kind, subject.id)));
      return of.flatMap((subject, i): KnownSubject[] => {
        const bundle = bundles[i] ?? null;
        return bundle === null ? [] : [{ subject, heading: subjectHeading(subject), quotes: bundle.quotes }];
      });
    };
    return {
      identity: await asked('L0', 'identity_core', ''),
      preferences: await asked('L1', 'global_prefs', ''),
      topics: await known('L2', 'topic', topics),
      entities: await known('L3', 'entity', plan.entities),
      conversation: plan.conversation === null ? null : await asked('L4', 'conversation', plan.conversation.id),
    };
  }
}

/** @throws AppError `request_invalid` for a name nobody gave a recipe */
function recipeOf(r: SpaceReader, { recipe: name }: ContextRequest): Recipe {
  const [usual] = builtInRecipes;
  const found = name === undefined ? usual : r.recipes.find(name);
  if (found === undefined || found === null)
    throw new AppError('request_invalid', `There is no recipe ${name}.`, { field: 'recipe' });
  return found;
}

const prefixed = (name: string, timings: Readonly<Record<string, number>> = {}): Record<string, number> =>
  Object.fromEntries(Object.entries(timings).map(([stage, ms]) => [`${name}.${stage}`, ms]));
