/** Words of the search page. Text alone, as in strings.ts. */
import { form, number } from '../count.ts';

export const search = {
  title: 'Search',
  label: 'What are you looking for?',
  placeholder: 'Words, a name, a half-remembered sentence',
  filters: 'Narrow down',
  source: 'Source',
  anySource: 'Any source',
  role: 'Said by',
  anyRole: 'Anyone',
  from: 'From',
  to: 'Before',
  asOf: 'As it was on',
  liveOnly: 'Only what still holds',
  results: (n: number, more: boolean) => `${number(n)} ${form(n, 'result', 'results')}${more ? ', and more' : ''}`,
  took: (ms: string) => `in ${ms} ms`,
  none: 'Nothing found',
  noneText: 'Try fewer or other words, or take the filters away. Search looks at what was written, in any language.',
  startTitle: 'Find what was said, and by whom',
  startText:
    'Type as you remember it. Each result shows why it was found and leads to the message in its conversation.',
  meaningNotReady: 'Still learning the meaning of what came in lately; results by meaning may grow.',
  why: 'Why this was found',
  arms: {
    words: 'words',
    neighbours: 'nearby',
    recency: 'recent',
    meaning: 'meaning',
    speaker: 'speaker',
    time: 'time',
    aspects: 'parts of it',
    entity: 'name',
    standing: 'memory',
    answer: 'answer',
  },
};
