/** Secrets as lines of text. What a secret says is not known here. */
import type { Secret, SecretSettings } from '@vivim/contract/secrets';
import { count, oneLine, table } from './text.ts';

const rules: Record<SecretSettings['rule'], string> = {
  withhold: 'Secrets stay where they were said, and no context for an AI holds them.',
  mask: 'Secrets that come in are not stored; [… masked] stands in their place. What came in before stays: vivim erase secret ID.',
  keep: 'Secrets are treated like any other words.',
};

export const secretSettingsText = ({ rule }: SecretSettings): string => `${rule}: ${rules[rule]}`;

export function secretTable(items: readonly Secret[]): string {
  if (items.length === 0) return 'No secrets were found in what came in.';
  return table(
    items.map(({ id, label, withheld, placeCount, recordCount, places }) => [
      id,
      oneLine(label, 40),
      withheld ? 'left out of contexts' : 'used in contexts',
      count(placeCount, 'place'),
      [
        ...(places[0] === undefined ? [] : [oneLine(places[0].conversationTitle ?? places[0].conversationId, 60)]),
        ...(recordCount === 0 ? [] : [`${count(recordCount, 'record')} of memories, projects or ratings`]),
      ].join(', ') || 'nowhere any more',
    ]),
  );
}
