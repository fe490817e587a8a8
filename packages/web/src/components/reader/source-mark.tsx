/** A source as a mark of two letters in a colour of its own. Decoration: its name stands beside it. */
import type { Source } from '@vivim/contract/conversation';
import { sources } from '@vivim/contract/conversation-words';
import { strings } from '../../strings.ts';

const colours = 8;

function lettersOf(source: Source): string {
  const capitals = strings.sources[source].match(/\p{Lu}/gu) ?? [];
  return (capitals.length > 1 ? capitals.slice(0, 2).join('') : strings.sources[source].slice(0, 2)).toUpperCase();
}

export const SourceMark = ({ source }: { source: Source }) => (
  <span className={`source-mark colour-${sources.indexOf(source) % colours}`} aria-hidden="true">
    {lettersOf(source)}
  </span>
);
