/** Taking out what a request excludes. Pure. A layer says how much that was. */
import type { ContextRequest } from '@vivim/contract/context';
import type { LayerMaterial } from './layers/layer.ts';
import type { Quote } from './quote.ts';

/** Whether a quotation may be used. */
export function allowedBy(exclude: ContextRequest['exclude']): (quote: Quote) => boolean {
  const conversations = new Set<string>(exclude?.conversationIds);
  const acus = new Set<string>(exclude?.acuIds);
  const memories = new Set<string>(exclude?.memoryIds);
  return ({ acu, conversation, memory, standsFor }) => {
    if (memory !== undefined) return !memories.has(memory.id);
    if (standsFor !== undefined && memories.has(standsFor.id)) return false;
    return !conversations.has(conversation.id) && !acus.has(acu.id);
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
