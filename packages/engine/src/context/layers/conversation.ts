/**
 * L4: the conversation so far in a few of its own sentences, so that what was decided and asked is known even where its messages no
 * longer fit. Extractive; nothing is put into anyone's mouth.
 */
import type { CompressedLine, LineKind } from '../compression/compress-conversation.ts';
import type { Group, LayerMaterial } from './layer.ts';

/** In this order, whatever comes first by its worth. */
export const conversationGroups: ReadonlyMap<LineKind, Group> = new Map([
  ['decided', { heading: 'Decided', order: '0' }],
  ['open', { heading: 'Open', order: '1' }],
  ['code', { heading: 'Code', order: '2' }],
  ['said', { heading: 'In brief', order: '3' }],
]);

/** @param lines of the conversation, most telling first */
export function conversationLayer(
  title: string | null,
  messages: number,
  lines: readonly CompressedLine[],
): LayerMaterial {
  const about = title === null ? '' : ` “${title}”`;
  return {
    layer: 'L4',
    reason: `What was decided, asked and named in ${messages} messages of this conversation${about}`,
    groups: conversationGroups,
    entries: lines.map(({ quote, kind }) => ({ quote, group: kind, piece: true })),
    order: 'time',
    show: { speaker: 'always', day: false },
    omitted: [],
  };
}
