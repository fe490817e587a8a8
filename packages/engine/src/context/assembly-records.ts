/** Keeps a record of every context that is compiled, and says why a line is in one or is not. Never compiles anything. */
import type { Asker, Assembly, AssemblyLine, LineState, Why } from '@vivim/contract/assembly';
import type { Clock } from '@vivim/contract/clock';
import { type Bundle, type ContextRequest, layerTitles } from '@vivim/contract/context';
import type { Exclusion } from '@vivim/contract/exclusion';
import { type AcuId, AssemblyId, type MemoryId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { shorten } from '@vivim/contract/shorten';
import type { Foreseen } from '../space/stores/foresight-tally.ts';
import type { SpaceReader } from '../space/transactors.ts';
import type { UserSpace } from '../space/user-space.ts';
import { assemblyDetails } from './assembly-record.ts';
import type { Candidate } from './candidate.ts';
import type { SettledRequest } from './settings.ts';
import { withoutWithheld } from './withheld.ts';

/** UTF-16 units of the message that are kept. */
const keptQuery = 2_000;

export interface Compiled {
  readonly bundle: Omit<Bundle, 'id'>;
  readonly candidates: readonly Candidate[];
  readonly request: SettledRequest;
  readonly asked: ContextRequest;
}

export class AssemblyRecords {
  readonly #space: UserSpace;
  readonly #clock: Clock;
  readonly #mask: (text: string) => string;

  /** @param deps.mask takes secrets out of a text */
  constructor(deps: { space: UserSpace; clock: Clock; mask: (text: string) => string }) {
    this.#space = deps.space;
    this.#clock = deps.clock;
    this.#mask = deps.mask;
  }

  /** @param foreseen what the question adds to the tally of predictions */
  keep(
    { bundle, candidates, request, asked }: Compiled,
    asker: Asker,
    foreseen: Foreseen,
  ): { readonly id: AssemblyId; readonly given: AssemblyLine[] } {
    const atMs = this.#clock();
    const id = AssemblyId.parse(uuidv7(atMs));
    const { budget, tokens, tokenizer, hash, recipe, citations, timings } = bundle;
    const masked = this.#mask(request.query);
    // A secret in the message stands in the text too; nothing else in it holds one.
    const text = masked === request.query ? bundle.text : this.#mask(bundle.text);
    const row = {
      id,
      atMs,
      sessionId: asker.sessionId,
      way: asker.way,
      application: asker.application ?? null,
      query: this.#mask(request.query.slice(0, keptQuery).toWellFormed()),
      recipe,
      conversationId: request.conversationId ?? null,
      budget,
      tokens,
      tokenizer,
      hash,
      lines: citations.length,
      tookMs: timings.total ?? 0,
    };
    const { query: _, page: __, ...settings } = asked;
    const given = { text, request: settings };
    const details = assemblyDetails(bundle, candidates);
    this.#space.writeBeside((w) => {
      w.assemblies.put(row, details, given);
      w.foresightTally.add(foreseen, atMs);
    });
    return { id, given: details.given };
  }
}

const explanations: Readonly<Record<Exclude<LineState, 'given'>, string>> = {
  budget: 'It was considered, but there was no room for it within the budget.',
  duplicate: 'It was considered, but the same was said already.',
  excluded: 'It was left out because the request or its recipe excludes it.',
  low_score: 'It was found, but bears too little on the message.',
  empty: 'It has nothing to say.',
};

/** Why a unit or a memory is in a context, or is not. */
export function explain(r: SpaceReader, assembly: Assembly, id: AcuId | MemoryId): Why {
  const is = (line: AssemblyLine) => line.acuId === id || line.memoryId === id;
  const line = assembly.given.find(is) ?? assembly.left.find(is) ?? null;
  if (line !== null) return { acuId: id, state: line.state, line, explanation: sentenceOf(line, assembly) };
  const over = r.exclusions.over(id);
  if (over !== null) return { acuId: id, state: 'excluded', line, explanation: keptOut(over) };
  const memory = r.memories.find(id as MemoryId);
  if (memory !== null && withoutWithheld(r, [memory]).length === 0)
    return { acuId: id, state: 'excluded', line, explanation: memoryKeptOut };
  const standing = r.acus.standingOf(id) ?? (memory === null ? null : memory.state === 'active' ? 'usable' : 'hidden');
  if (standing === null) return { acuId: id, state: 'gone', line, explanation: 'It is no longer there, or never was.' };
  if (standing === 'hidden')
    return {
      acuId: id,
      state: 'hidden',
      line,
      explanation:
        'It is hidden from contexts: a secret stands in it, its message is hidden or on another branch, or as a memory it no longer holds.',
    };
  return {
    acuId: id,
    state: 'not_found',
    line,
    explanation: `It was not among the ${assembly.found} passages found for the message: none of its words, nor those said beside it, nor its meaning come close enough.`,
  };
}

const keptOut = ({ id, kind, name, at }: Exclusion): string =>
  `You keep the ${kind}${name === null ? '' : ` “${shorten(name, 60)}”`} out of contexts since ${at.slice(0, 10)}, and it belongs to that. To take it back: vivim exclusions remove ${id}`;

const memoryKeptOut =
  'It stands on nothing but what you keep out of contexts, or names it. `vivim exclusions list` shows what that is.';

function sentenceOf(line: AssemblyLine, { found }: Assembly): string {
  const why = line.reasons.map(({ detail }) => detail).join('. ');
  const place =
    line.rank === null ? '' : ` It is number ${line.rank} of ${found} that were found.${why === '' ? '' : ` ${why}.`}`;
  if (line.state !== 'given') return `${explanations[line.state]}${place}`;
  return `It stands in the layer ${layerTitles[line.layer]}, as [${line.ref}].${place}`;
}
