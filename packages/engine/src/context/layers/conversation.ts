/**
 * L4: the conversation so far in a few of its own sentences, so that what was decided and asked is known even where its
 * messages no longer fit. Extractive; nothing is put into anyone's mouth.
 */
import type { AcuType } from '@vivim/contract/acu';
import type { Quote } from '../quote.ts';
import type { LayerMaterial } from './layer.ts';

const weightOf: Partial<Record<AcuType, number>> = {
  decision: 3,
  question: 2,
  instruction: 1.8,
  preference: 1.8,
  personal_fact: 1.6,
  answer: 1.2,
};

/** How much a unit tells of its conversation: what was decided and asked, how it began, the first line of a message. */
export function conversationValue(units: readonly Quote[]): (quote: Quote) => number {
  const firstOfMessage = new Map<string, string>();
  for (const { message, acu } of units) if (!firstOfMessage.has(message.id)) firstOfMessage.set(message.id, acu.id);
  const opening = units.find(({ message }) => message.authorKind === 'human')?.acu.id;
  return ({ acu, message }) => {
    if (acu.id === opening) return 10;
    const human = message.authorKind === 'human' ? 1.5 : 1;
    const first = firstOfMessage.get(message.id) === acu.id ? 1.3 : 1;
    return (weightOf[acu.type] ?? 1) * human * first * (0.3 + acu.quality);
  };
}

/** @param quotes units of the conversation, most telling first */
export function conversationLayer(title: string | null, messages: number, quotes: readonly Quote[]): LayerMaterial {
  return {
    layer: 'L4',
    reason: `What was asked and decided in ${messages} messages of this conversation`,
    groups: new Map([['', { heading: title, order: '' }]]),
    entries: quotes.map((quote) => ({ quote, group: '' })),
    order: 'time',
    show: { speaker: 'always', day: false },
    omitted: [],
  };
}
