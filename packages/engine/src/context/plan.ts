/**
 * What a request asks of the person's space: which layers, about which topics, entities and conversation, how much to
 * retrieve. A plan says why, so that a bundle can. Pure; the layers' own words come later.
 */
import type { ConversationHead, Subject } from '../space/stores/bundle-material.ts';
import { type SharingLayer, sharingLayers } from './budget.ts';
import type { RetrievalRequest } from './candidate.ts';
import type { SettledRequest } from './settings.ts';

export interface PlannedLayer {
  readonly asked: boolean;
  readonly why: string;
}

export interface ContextPlan {
  readonly layers: Readonly<Record<SharingLayer, PlannedLayer>>;
  readonly conversation: ConversationHead | null;
  /** Named in the message, longest name first. */
  readonly topics: readonly Subject[];
  readonly entities: readonly Subject[];
  /** Null where nothing is to be retrieved. */
  readonly retrieval: RetrievalRequest | null;
}

export interface Named {
  readonly conversation: ConversationHead | null;
  readonly topics: readonly Subject[];
  readonly entities: readonly Subject[];
}

/** A line costs at least about this many tokens, its citation with it: how many candidates can fill a budget. */
const tokensPerLine = 30;
const candidates = { least: 60, most: 300 };

/** Units of one message that may come in: few where room is scarce, so that more messages are heard. */
const perMessage = (budget: number): number => (budget < 6_000 ? 1 : budget < 12_000 ? 2 : 3);

export function planContext(request: SettledRequest, named: Named): ContextPlan {
  const { exclude, budget, query, sources, weights } = request;
  const { conversation } = named;
  const why: Record<SharingLayer, string | null> = {
    L0: 'asked of every bundle',
    L1: 'asked of every bundle',
    L2: 'topics may be named or found',
    L3: named.entities.length === 0 ? null : 'named in the message',
    L4: conversation === null ? null : 'a conversation is continued',
    L5: 'asked of every bundle',
    L6: conversation === null ? null : 'a conversation is continued',
  };
  const absent: Partial<Record<SharingLayer, string>> = {
    L3: 'The message names nobody and nothing known yet',
    L4: 'No conversation is continued',
    L6: 'No conversation is continued',
  };
  const planned = (layer: SharingLayer): PlannedLayer => {
    if (exclude?.layers.includes(layer)) return { asked: false, why: 'Left out as asked' };
    if (weights[layer] === 0) return { asked: false, why: 'Left out: its weight is 0' };
    const reason = why[layer];
    return reason === null ? { asked: false, why: absent[layer] ?? '' } : { asked: true, why: reason };
  };
  const layers = Object.fromEntries(sharingLayers.map((layer) => [layer, planned(layer)])) as ContextPlan['layers'];
  const usual = Math.min(candidates.most, Math.max(candidates.least, Math.ceil(budget / tokensPerLine)));
  const selects =
    sources !== undefined || [exclude?.topicIds, exclude?.entityIds].some((ids) => (ids?.length ?? 0) > 0);
  const source = sources?.only?.length === 1 ? sources.only[0] : undefined;
  return {
    layers,
    conversation,
    topics: named.topics,
    entities: named.entities.filter(({ id }) => !exclude?.entityIds.some((excluded) => excluded === id)),
    retrieval: layers.L5.asked
      ? {
          text: query,
          // What is excluded afterwards leaves room for what ranks behind it.
          limit: selects ? candidates.most : usual,
          perMessage: perMessage(budget),
          heedsExclusions: true,
          distinct: true,
          ...(request.at === undefined ? {} : { nowMs: Date.parse(request.at) }),
          ...(request.view === undefined ? {} : { view: request.view }),
          ...(request.without === undefined ? {} : { without: request.without }),
          ...(request.timeZone === undefined ? {} : { timeZone: request.timeZone }),
          ...(source === undefined ? {} : { source }),
          ...(exclude === undefined
            ? {}
            : { excludeConversationIds: exclude.conversationIds, excludeAcuIds: exclude.acuIds }),
        }
      : null,
  };
}
