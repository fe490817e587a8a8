/** Taking out what a request or its recipe excludes. Pure. A layer says how much that was. */
import type { Source } from '@vivim/contract/conversation';
import type { LayerMaterial } from './layers/layer.ts';
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
  return ({ acu, conversation, memory, persona }) => {
    if (persona !== undefined) return true;
    if (memory !== undefined) return !memories.has(memory.id) && (memory.source === null || ofSource(memory.source));
    return (
      !conversations.has(conversation.id) && !acus.has(acu.id) && !under.has(acu.pk) && ofSource(conversation.source)
    );
  };
}

/** The layer without what is excluded. */
export function withoutExcluded(material: LayerMaterial, allowed: (quote: Quote) => boolean): LayerMaterial {
  const entries = material.entries.filter(({ quote }) => allowed(quote));
  const count = material.entries.length - entries.length;
  if (count === 0) return material;
  return {
    ...material,
    entries,
    omitted: [...material.omitted, { layer: material.layer, what: 'units you excluded', reason: 'excluded', count }],
  };
}
