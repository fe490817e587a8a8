/** Words of the work that follows an import. Text alone, as in strings.ts. */
import { form, number } from '../count.ts';

export const following = {
  title: 'Still being read',
  lead: 'What came in can be searched by its words already. This goes on by itself, also when you leave.',
  profiles: 'Topics and people',
  meaning: 'Searchable by meaning',
  of: (done: number, total: number) =>
    `${number(done)} of ${number(total)} ${form(total, 'conversation', 'conversations')}`,
};
