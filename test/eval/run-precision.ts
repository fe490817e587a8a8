/**
 * PrecisionMemBench over the public API: memories are stated, changed and asked for as any client does it, and what came is read from
 * the citations of the bundle. Each of its people is a person.
 */
import type { Client } from '@vivim/client/client';
import { type BundleCitation, citedFor, type MemoryWhy } from '@vivim/contract/context';
import type { MemoryId } from '@vivim/contract/ids';
import { type CaseScore, type Surfaced, scoreCase } from './precision-score.ts';
import type { Belief, PrecisionSet } from './precision-set.ts';

export type MemoryClient = Pick<Client, 'createMemory' | 'changeMemory' | 'createContext'>;

/** A domain of theirs is a domain of ours; what holds for all of a person is of none. */
const scopesOf = (scope: readonly string[]): string[] => scope.filter((one) => one !== 'user:universal');
const budget = 12_000;

export async function runPrecision(
  set: PrecisionSet,
  person: () => Promise<MemoryClient>,
): Promise<{ cases: CaseScore[]; turns: CaseScore[] }> {
  const home = new Home(set, person);
  const cases: CaseScore[] = [];
  await home.seed();
  for (const { caseId: id, category, userId, scope, query, budget: room, expect } of set.cases) {
    const { surfaced, ms } = await home.ask(userId ?? owner, scope, query, room?.maxBeliefs);
    cases.push(scoreCase({ id, category, ms }, expect, surfaced));
  }
  const turns: CaseScore[] = [];
  const again = new Home(set, person);
  await again.seed();
  for (const { caseId, turns: said } of set.sessions)
    for (const turn of said) {
      const { surfaced, ms } = await again.ask(owner, turn.scope, turn.userMessage);
      turns.push(scoreCase({ id: `${caseId} ${turn.turnIndex}`, category: 'session', ms }, turn.expect, surfaced));
      if (turn.createBeliefAtTurn !== undefined) await again.add(turn.createBeliefAtTurn);
      const { updateBeliefAtTurn: update } = turn;
      if (update !== undefined) await again.alias(update.beliefId, update.addAliases ?? []);
    }
  return { cases, turns };
}

const owner = 'test-user';

class Home {
  readonly #set: PrecisionSet;
  readonly #person: () => Promise<MemoryClient>;
  readonly #people = new Map<string, Promise<MemoryClient>>();
  readonly #ids = new Map<string, MemoryId>();
  readonly #names = new Map<string, string>();
  readonly #aliases = new Map<string, readonly string[]>();

  constructor(set: PrecisionSet, person: () => Promise<MemoryClient>) {
    this.#set = set;
    this.#person = person;
  }

  /** What a memory names comes before it; of those said at different times the older first. */
  async seed(): Promise<void> {
    const left = [...this.#set.beliefs].sort((a, b) =>
      (a.last_reinforced_at ?? '').localeCompare(b.last_reinforced_at ?? ''),
    );
    const replaced = (belief: Belief) => this.#set.beliefs.filter(({ superseded_by: by }) => by === belief._id);
    for (const belief of left.filter(({ participants, superseded_by: by }) => participants === undefined && !by)) {
      for (const old of replaced(belief).flatMap((one) => [...replaced(one), one])) await this.add(old);
      await this.add(belief);
    }
    for (const belief of left.filter(({ participants }) => participants !== undefined)) await this.add(belief);
  }

  async add(belief: Belief): Promise<void> {
    const client = await this.#client(belief.user_id);
    const supersedes = this.#set.beliefs.filter(({ superseded_by: by }) => by === belief._id);
    const here = (names: readonly string[]) => names.flatMap((name) => this.#ids.get(name) ?? []);
    const { id } = await client.createMemory({
      body: {
        text: belief.content,
        kind: belief.type,
        name: belief.canonical_name,
        aliases: belief.aliases,
        scopes: scopesOf(belief.scope),
        pinned: belief.pinned,
        related: here(belief.participants ?? []),
        state: belief.resolved_at == null ? 'active' : 'resolved',
        supersedes: here(supersedes.map(({ _id }) => _id)),
      },
    });
    this.#ids.set(belief._id, id);
    this.#names.set(id, belief._id);
    this.#aliases.set(belief._id, belief.aliases);
  }

  async alias(name: string, more: readonly string[]): Promise<void> {
    const id = this.#ids.get(name);
    if (id === undefined) throw new Error(`${name} is not there.`);
    const aliases = [...(this.#aliases.get(name) ?? []), ...more];
    this.#aliases.set(name, aliases);
    await (await this.#client(owner)).changeMemory({ params: { id }, body: { aliases } });
  }

  async ask(user: string, scope: readonly string[], query: string, maxMemories?: number) {
    const client = await this.#client(user);
    const started = performance.now();
    const { citations } = await client.createContext({
      body: { query, budget, scopes: scopesOf(scope), ...(maxMemories === undefined ? {} : { maxMemories }) },
    });
    return { surfaced: this.#surfaced(citations), ms: performance.now() - started };
  }

  #surfaced(citations: readonly BundleCitation[]): Surfaced {
    const of = (why: MemoryWhy) => citations.filter((cited) => citedFor(cited)?.why === why);
    const named = (why: MemoryWhy) => of(why).map((cited) => this.#names.get(citedFor(cited)?.id ?? '') ?? 'unknown');
    return {
      prelude: of('standing')
        .map(({ quoted }) => quoted)
        .join('\n'),
      pinned: named('pinned'),
      relevant: named('relevant'),
      questions: named('open_question'),
    };
  }

  #client(user: string): Promise<MemoryClient> {
    const known = this.#people.get(user) ?? this.#person();
    this.#people.set(user, known);
    return known;
  }
}
