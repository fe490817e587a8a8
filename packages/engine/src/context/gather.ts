/**
 * From a plan to the words of each layer: reads what stands in the space, in one snapshot. Chooses nothing by size.
 */
import { memoryKinds } from '@vivim/contract/memory';
import type { StandingBundleRow } from '../space/stores/bundle-shape.ts';
import type { SpaceReader } from '../space/transactors.ts';
import { type SharingLayer, sharingLayers } from './budget.ts';
import type { Candidate } from './candidate.ts';
import { rankLines } from './compression/compress-conversation.ts';
import { allowedBy, withoutExcluded } from './exclusions.ts';
import { conversationLayer } from './layers/conversation.ts';
import { historyLayer, verbatimCount } from './layers/history.ts';
import { isUnclear, justInTimeLayer } from './layers/just-in-time.ts';
import { emptyLayer, type LayerMaterial } from './layers/layer.ts';
import { withPersona } from './layers/persona.ts';
import { standingLayer } from './layers/standing.ts';
import { type KnownSubject, subjectLayer } from './layers/subjects.ts';
import { markPast } from './mark-past.ts';
import { type ChosenMemory, chooseMemories } from './memories/choose-memories.ts';
import { quotesOf } from './memories/quote-memories.ts';
import { leftOutPins, markPinned, pinnedFor } from './pinned.ts';
import type { ContextPlan } from './plan.ts';
import type { Quote } from './quote.ts';
import { relevanceTo } from './relevance.ts';
import type { SettledRequest } from './settings.ts';
import { quotable, withoutWithheld } from './withheld.ts';

/** Messages of the conversation that are read for its recent history. */
const recentMessages = 200;
/** Memories of a project that are looked at. */
const projectMemories = 100;

/** The standing bundles a plan asks for, as they are now, or in the view that is asked for. */
export interface Standing {
  readonly identity: Quoting | null;
  readonly preferences: Quoting | null;
  readonly topics: readonly KnownSubject[];
  readonly entities: readonly KnownSubject[];
  readonly conversation: Quoting | null;
}
type Quoting = Pick<StandingBundleRow, 'quotes'>;

export function gather(
  r: SpaceReader,
  request: SettledRequest,
  plan: ContextPlan,
  candidates: readonly Candidate[],
  standing: Standing,
): Record<SharingLayer, LayerMaterial> {
  const { query, budget, exclude } = request;
  const { conversation } = plan;
  const memories = memoriesFor(r, request);
  const pinned = pinnedFor(r, request);
  const relevanceFor = relevanceTo(query, candidates);
  const made: Partial<Record<SharingLayer, () => LayerMaterial>> = {
    L0: () => standingLayer('L0', memories.identity, standing.identity?.quotes ?? [], relevanceFor()),
    L1: () =>
      withPersona(
        standingLayer(
          'L1',
          memories.wishes,
          [...memories.project, ...(standing.preferences?.quotes ?? [])],
          relevanceFor(),
        ),
        request.persona,
      ),
    L2: () => subjectLayer('L2', standing.topics, relevanceFor),
    L3: () => subjectLayer('L3', standing.entities, relevanceFor),
    L5: () => justInTimeLayer(candidates, saidBefore(r, candidates), memories, pinned),
  };
  if (conversation !== null) {
    made.L4 = () => {
      const lines = rankLines(standing.conversation?.quotes ?? []);
      return conversationLayer(conversation.title, conversation.messages, lines);
    };
    made.L6 = () => history(r, conversation.pk, budget);
  }
  const under = r.bundles.material.unitsUnder(exclude?.topicIds ?? [], exclude?.entityIds ?? []);
  const layers = sharingLayers.map((name): LayerMaterial => {
    const { asked, why } = plan.layers[name];
    if (!asked && name === 'L5') return { ...emptyLayer(name, why), omitted: leftOutPins(pinned) };
    return (asked ? made[name]?.() : undefined) ?? emptyLayer(name, why);
  });
  const allowed = allowedBy(request, under);
  const quotes = layers.flatMap(({ entries }) => entries.flatMap(({ quote, before }) => [quote, before ?? []].flat()));
  const mayQuote = quotable(r, quotes);
  const left = layers.map((layer) => markPinned(withoutExcluded(layer, allowed, mayQuote), pinned));
  return Object.fromEntries(markPast(r, left).map((layer) => [layer.layer, layer])) as Record<
    SharingLayer,
    LayerMaterial
  >;
}

interface MemoryQuotes {
  /** What holds always and the message is about, and wishes pinned in a domain at hand. */
  readonly identity: readonly Quote[];
  readonly wishes: readonly Quote[];
  readonly project: readonly Quote[];
  readonly about: readonly Quote[];
  readonly open: readonly Quote[];
}

/** Memories the message is about, each where it belongs. */
function memoriesFor(r: SpaceReader, request: SettledRequest): MemoryQuotes {
  const { conversationId, projectId = null } = request;
  const project = conversationId === undefined ? projectId : r.projects.ofConversation(conversationId);
  const chosen = chooseMemories(r, request, project);
  const quotes = quotesOf(r, chosen);
  const of = (holds: (one: ChosenMemory) => boolean): Quote[] =>
    quotes.filter((_, i) => holds(chosen[i] as ChosenMemory));
  const isWish = ({ row }: ChosenMemory): boolean => row.kind === 'instruction' || row.kind === 'preference';
  const isFirst = ({ why }: ChosenMemory): boolean => why === 'standing' || why === 'pinned' || why === 'project';
  const inProject =
    project === null ? [] : withoutWithheld(r, r.memories.standing(memoryKinds, project, projectMemories));
  return {
    identity: of((one) => one.why === 'standing' && !isWish(one)),
    wishes: of((one) => isFirst(one) && isWish(one)),
    project: quotesOf(
      r,
      inProject.map((row) => ({ row, why: 'project' })),
    ),
    about: of((one) => one.why === 'relevant' || (one.why === 'pinned' && !isWish(one))),
    open: of(({ why }) => why === 'open_question'),
  };
}

function history(r: SpaceReader, conversationPk: number, budget: number): LayerMaterial {
  const units = r.bundles.material.unitsOfConversation(conversationPk, recentMessages);
  const messages = [...new Set(units.map(({ message }) => message.pk))];
  const last = messages.slice(-verbatimCount(budget));
  // A message with something in it that is kept out is told by the rest of its units.
  const cut = r.exclusions.touched(last);
  const recent = new Set(last.filter((pk) => !cut.has(pk)));
  return historyLayer(
    r.bundles.material.wholeParts([...recent]),
    units.filter(({ message }) => !recent.has(message.pk)),
  );
}

/** What was said just before each unclear candidate: the question it answers, else the last unit of that message. */
function saidBefore(r: SpaceReader, candidates: readonly Candidate[]): Map<number, Quote> {
  const replies = r.bundles.material.repliedTo(candidates.filter(isUnclear).map(({ message }) => message.pk));
  const lastOf = new Map<number, Quote>();
  for (const unit of r.acus.ofMessages([...new Set(replies.values())])) {
    const known = lastOf.get(unit.message.pk);
    if (known?.acu.type !== 'question' || unit.acu.type === 'question') lastOf.set(unit.message.pk, unit);
  }
  return new Map(
    [...replies].flatMap(([message, parent]) => {
      const unit = lastOf.get(parent);
      return unit === undefined ? [] : [[message, unit] as const];
    }),
  );
}
