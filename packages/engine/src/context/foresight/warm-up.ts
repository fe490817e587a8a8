/**
 * Makes ready what is likely asked next: the tokenizer, the vectors, the standing bundles and search pages of predicted subjects,
 * and what a text that is being typed will need. The last of the background's work; a step of it gives way to whoever waits for an
 * answer. Decides nothing about what is likely.
 */
import { ContextRequest } from '@vivim/contract/context';
import { builtInRecipes, type Recipe } from '@vivim/contract/recipe';
import { SearchQuery } from '@vivim/contract/search';
import type { BackgroundTask } from '../../background.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { planContext } from '../plan.ts';
import { searchRequest } from '../search-request.ts';
import { type SettledRequest, settle } from '../settings.ts';
import type { StandingBundles } from '../standing-bundles.ts';
import { tokenizers } from '../tokens/tokenizers.ts';
import type { Foresight } from './foresight.ts';
import { keyOf, type SubjectKey } from './predict.ts';
import type { Presences } from './presences.ts';
import type { UnderWay } from './under-way.ts';
import type { WarmRetrievals } from './warm-retrievals.ts';

/** Something to be made ready. */
interface Chore {
  /** What it is for, once it is done. */
  readonly for: string | null;
  readonly make: (aside: AbortSignal) => Promise<unknown>;
}

export interface WarmUpDeps {
  readonly space: UserSpace;
  readonly foresight: Foresight;
  readonly presences: Presences;
  readonly retrievals: WarmRetrievals;
  readonly standing: StandingBundles;
  /** Vectors of the space; loaded once. */
  readonly vectors: { ready(): Promise<void> } | null;
  readonly underWay: UnderWay;
}

export class WarmUp implements BackgroundTask {
  readonly name = 'warm-up';
  readonly #deps: WarmUpDeps;
  #chores: Chore[] = [];
  readonly #ready = new Set<string>();

  constructor(deps: WarmUpDeps) {
    this.#deps = deps;
  }

  pending(): number {
    const { underWay, foresight } = this.#deps;
    if (underWay.busy) return 0;
    return foresight.due ? 1 + this.#chores.length : foresight.predicted.length === 0 ? 0 : this.#chores.length;
  }

  /** Whether a predicted subject is ready now. */
  isReady(subject: SubjectKey): boolean {
    return this.#ready.has(keyOf(subject));
  }

  async step(stopping: AbortSignal): Promise<void> {
    const { foresight, underWay } = this.#deps;
    if (foresight.due) return this.#plan();
    const chore = this.#chores.shift();
    if (chore === undefined) return;
    const aside = AbortSignal.any([stopping, underWay.aside]);
    try {
      await chore.make(aside);
      if (chore.for !== null) this.#ready.add(chore.for);
    } catch (error) {
      if (!aside.aborted) throw error;
      this.#chores.unshift(chore);
    }
  }

  /** What was made ready and holds is found ready again: to go through it once more costs next to nothing. */
  #plan(): void {
    const predicted = this.#deps.foresight.predict();
    this.#ready.clear();
    this.#chores = predicted.length === 0 ? [] : [...this.#ground(), ...predicted.flatMap((each) => this.#of(each))];
  }

  /** What every question needs, and what the one that is being typed will. */
  #ground(): Chore[] {
    const { presences, retrievals, vectors } = this.#deps;
    const { tokenizer } = usual('');
    const typing = presences.now().flatMap(({ typed, timeZone }) => (typed === undefined ? [] : [{ typed, timeZone }]));
    return [
      { for: null, make: () => tokenizers[tokenizer]() },
      ...(vectors === null ? [] : [{ for: null, make: () => vectors.ready() }]),
      ...typing.flatMap(({ typed, timeZone }): Chore[] => {
        const { retrieval } = planContext(usual(typed, timeZone), { conversation: null, topics: [], entities: [] });
        return retrieval === null ? [] : [{ for: null, make: (aside) => retrievals.warm(retrieval, aside) }];
      }),
    ];
  }

  #of(subject: SubjectKey): Chore[] {
    const { space, retrievals, standing } = this.#deps;
    const { kind, id } = subject;
    const bundle: Chore = { for: keyOf(subject), make: () => standing.ensure(kind, id) };
    const name = kind === 'conversation' ? null : space.read((r) => r.bundles.material.subject(kind, id)?.name ?? null);
    if (name === null) return [bundle];
    const page = searchRequest(SearchQuery.parse({ q: name.slice(0, longestName), limit: shownHits }));
    return [{ for: null, make: (aside) => retrievals.warm(page, aside) }, bundle];
  }
}

/** Hits the first page of a search shows in the web application. */
const shownHits = 20;
const longestName = 200;

/** A message as it is asked where nobody sets anything. */
function usual(query: string, timeZone?: string): SettledRequest {
  const [recipe] = builtInRecipes as readonly [Recipe];
  return settle(ContextRequest.parse({ query, timeZone }), recipe);
}
