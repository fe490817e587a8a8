/** Taking out what a request or its recipe excludes, and what stays out of every context. Pure. A layer says what that was. */
import type { BundleOmission, LayerName } from '@vivim/contract/context';
import type { Source } from '@vivim/contract/conversation';
import type { Entry, LayerMaterial } from './layers/layer.ts';
import type { Quote } from './quote.ts';
import type { SettledRequest } from './settings.ts';

/** Whether conversations of a source may be quoted. */
export function sourceAllowed({ sources }: Pick<SettledRequest, 'sources'>): (source: Source) => boolean {
  const only = sources?.only === undefined ? null : new Set(sources.only);
  const except = new Set(sources?.except);
  return (source) => (only === null || only.has(source)) && !except.has(source);
}

/**
 * Whether a quotation may be used. A memory somebody stated comes from no source, and no source leaves it out.
 * @param under pks of the units that belong to excluded topics and entities
 */
export function allowedBy(request: SettledRequest, under: ReadonlySet<number>): (quote: Quote) => boolean {
  const { exclude } = request;
  const conversations = new Set<string>(exclude?.conversationIds);
  const acus = new Set<string>(exclude?.acuIds);
  const memories = new Set<string>(exclude?.memoryIds);
  const ofSource = sourceAllowed(request);
  return ({ acu, conversation, memory, persona, standsFor }) => {
    if (persona !== undefined) return true;
    if (memory !== undefined) return !memories.has(memory.id) && (memory.source === null || ofSource(memory.source));
    if (standsFor !== undefined && memories.has(standsFor.id)) return false;
    return (
      !conversations.has(conversation.id) && !acus.has(acu.id) && !under.has(acu.pk) && ofSource(conversation.source)
    );
  };
}

/** Left-out things named one by one. What they say is not told: they are left out. */
const named = 10;

/**
 * The layer without what the request excludes and without what its person keeps out of contexts for good. What was said before a
 * quotation goes by itself.
 */
export function withoutExcluded(
  material: LayerMaterial,
  allowed: (quote: Quote) => boolean,
  quotable: (quote: Quote) => boolean,
): LayerMaterial {
  const omitted: BundleOmission[] = [];
  const entries = material.entries.flatMap((entry): Entry[] => {
    const what = !quotable(entry.quote) ? keptOut : !allowed(entry.quote) ? excluded : null;
    if (what !== null) {
      omitted.push(omission(material.layer, what, entry.quote));
      return [];
    }
    const { before, ...alone } = entry;
    return [before === undefined || (quotable(before) && allowed(before)) ? entry : alone];
  });
  const more = omitted.length - named;
  const rest: BundleOmission[] =
    more > 0 ? [{ layer: material.layer, what: 'further units', reason: 'excluded', count: more }] : [];
  return { ...material, entries, omitted: [...material.omitted, ...omitted.slice(0, named), ...rest] };
}

const excluded = 'excluded by this request or its recipe';
const keptOut = 'kept out of contexts by you';

const omission = (layer: LayerName, what: string, { acu, memory, pinned }: Quote): BundleOmission => ({
  layer,
  what,
  reason: 'excluded',
  ...(memory === undefined ? { acuId: acu.id } : { memoryId: memory.id }),
  ...(pinned === undefined ? {} : { pinned: true as const }),
});
