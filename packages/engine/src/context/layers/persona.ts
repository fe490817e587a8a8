/** Who the one that answers is to be: stands first among the preferences, cited by the recipe it comes from. Pure. */
import type { AcuId, ConversationId, MessageId } from '@vivim/contract/ids';
import { contentId } from '../../space/hash.ts';
import type { Quote } from '../quote.ts';
import type { Persona } from '../settings.ts';
import type { Group, LayerMaterial } from './layer.ts';

const key = 'persona';

/** The layer with the persona before everything else in it. */
export function withPersona(layer: LayerMaterial, persona: Persona | null): LayerMaterial {
  if (persona === null) return layer;
  const groups = new Map<string, Group>([[key, { heading: 'Persona', order: '0' }]]);
  for (const [name, group] of layer.groups) groups.set(name, { ...group, order: `1${group.order}` });
  return {
    ...layer,
    reason: layer.entries.length === 0 ? 'The persona that is asked for' : `${layer.reason}; the persona before them`,
    groups,
    entries: [{ quote: quoteOf(persona), group: key, verbatim: true }, ...layer.entries],
  };
}

/** It stands in no conversation: an id made of its words stands where those of its rows would. */
function quoteOf({ text, recipe }: Persona): Quote {
  const id = contentId('r', [recipe ?? '', text]);
  const nowhere = { pk: 0, externalId: null };
  return {
    persona: { recipe },
    acu: {
      pk: 0,
      id: id as AcuId,
      type: 'instruction',
      text,
      partIndex: 0,
      start: 0,
      end: text.length,
      quality: 1,
    },
    message: {
      ...nowhere,
      id: id as MessageId,
      role: 'user',
      authorKind: 'human',
      authorName: null,
      createdMs: null,
    },
    conversation: { ...nowhere, id: id as ConversationId, title: null, source: 'generic' },
  };
}
