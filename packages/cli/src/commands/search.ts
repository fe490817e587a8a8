/** `vivim search`: find what was said, with where and why. */

import { acuTypes } from '@vivim/contract/acu';
import { roles, sources } from '@vivim/contract/conversation';
import { archivedChoices } from '@vivim/contract/conversation-list';
import type { SearchHit, SearchResult } from '@vivim/contract/search';
import { isOnlyMeant, takenFor, takenForWords, titlesBeside, wordsFound } from '@vivim/contract/words-found';
import { type Command, Option } from 'commander';
import { say, show } from '../output/speak.ts';
import { day, oneLine, titleOf } from '../output/text.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { asOfOption, limitOption, liveOnlyOption } from './options.ts';

/** Options that are filters of the interface under the same name: what is passed on, and what help says of each. */
const filters = {
  source: new Option('--source <source>', 'only from this source').choices(sources),
  role: new Option('--role <role>', 'only what this role said').choices(roles),
  from: new Option('--from <date>', 'said on or after this day (2024-05-01)'),
  to: new Option('--to <date>', 'said before this day'),
  conversation: new Option('--conversation <id>', 'only in this conversation'),
  project: new Option('--project <id>', 'only in conversations of this project'),
  topic: new Option('--topic <id>', 'only what belongs to this topic'),
  entity: new Option('--entity <id>', 'only what names this person or thing'),
  tag: new Option('--tag <tag>', 'only in conversations with this tag'),
  archived: new Option(
    '--archived <which>',
    'archived conversations are found too, unless this says otherwise',
  ).choices(archivedChoices),
  bookmarked: new Option('--bookmarked', 'only what has a bookmark, or stands in a conversation that has one'),
  model: new Option('--model <name>', 'only what this model said or was asked'),
  type: new Option('--type <type>', 'only units of this type').choices(acuTypes),
  language: new Option('--language <language>', 'only in this language (pt), or code in this one (python)'),
  symbol: new Option('--symbol <name>', 'only code that defines this; parse* for all that begin so'),
  branches: new Option('--branches <which>', 'all: what was edited away or answered again, too').choices([
    'active',
    'all',
  ]),
  like: new Option('--like <message>', 'what is like this message; words are not needed then'),
  asOf: asOfOption(),
} as const;
type Filters = { readonly [Name in keyof typeof filters]?: string | true };
const names = Object.keys(filters) as (keyof typeof filters)[];

interface SearchOptions extends GlobalOptions, Filters {
  readonly limit: number;
  readonly liveOnly?: true;
}

export function defineSearch(program: Command, world: World): void {
  const command = program
    .command('search')
    .summary('find what was said')
    .description(
      'Finds what was said, best first, with the conversation and message it stands in and the reasons it was found.',
    )
    .argument('[query...]', 'words to look for; quoting is not needed')
    .addOption(limitOption(10))
    .addOption(liveOnlyOption())
    .addHelpText(
      'after',
      '\nWords only rank; more of them found is better. To demand and refuse:\n  "green tea"     these words beside each other; in a question what says so only ranks higher\n  fermen*         words that begin so\n  +tea  -coffee   this word, never that one\n  (tea OR mate) AND NOT sugar\n  symbol:parseConfig   code that defines this; also lang:python, type:decision, source:claude, role:user\n  after:2025-03 before:2026   said from then on, and before then: a year, a month or a day\nWrite -- before a query that begins with a minus. A time in the query ("in May 2023", "last spring") lifts what was said then.\n\nExamples:\n  vivim search glaze recipe for the blue bowls\n  vivim search \'"green tea" fermen*\' --type decision\n  vivim search "postgres backup" --from 2024-01-01 --role user --limit 3\n  vivim search "where do I live" --as-of 2023-01-01\n  vivim search --symbol \'parse*\' --language python\n  vivim search the plan I dropped --branches all\n  vivim search lisbon --json | jq -r .items[].conversation.title',
    )
    .action(async (words: string[], _: unknown, command: Command) => {
      const { limit, liveOnly, ...options } = command.optsWithGlobals<SearchOptions>();
      const given = Object.fromEntries(
        names.flatMap((name) => (options[name] === undefined ? [] : [[name, String(options[name])]])),
      );
      if (words.length === 0 && options.like === undefined && options.symbol === undefined)
        command.error("error: missing required argument 'query'");
      const { client } = await connect(world, options);
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      const answers: SearchResult[] = [];
      const { items, nextCursor } = await collect(limit, 100, async (page) => {
        const answer = await client.search({
          query: {
            ...(words.length === 0 ? {} : { q: words.join(' ') }),
            timeZone,
            ...given,
            ...(liveOnly ? { liveOnly: 'true' } : {}),
            ...page,
          },
        });
        answers.push(answer);
        return answer;
      });
      const meaningReady = answers.every((answer) => answer.meaningReady);
      const tookMs = answers.reduce((sum, answer) => sum + answer.tookMs, 0);
      const memories = answers[0]?.memories ?? [];
      const terms = answers[0]?.terms ?? [];
      const nowhere = answers[0]?.nowhere ?? [];
      const unheld = answers[0]?.unheld ?? [];
      const spelt = answers[0]?.spelt ?? [];
      const unknownFilters = answers[0]?.unknownFilters ?? [];
      const notes = answers[0]?.notes ?? [];
      const titles = answers[0]?.titles ?? [];
      const rest = { terms, nowhere, unheld, spelt, unknownFilters, nextCursor, meaningReady, tookMs };
      const result = { items, memories, notes, titles, ...rest } satisfies SearchResult;
      show(world, options, result, () =>
        [...takenForWords(result), noted(notes), remembered(memories), titled(result), hits(result)]
          .filter((text) => text !== '')
          .join('\n\n'),
      );
      if (!meaningReady && !options.json)
        say(world, 'Embeddings are still being made: the same search may find more by meaning in a while.');
    });
  for (const name of names) command.addOption(filters[name]);
}

const noted = (notes: SearchResult['notes']): string =>
  notes.length === 0
    ? ''
    : [
        'Your notes',
        ...notes.map(
          ({ note }) =>
            `  ${oneLine(note.text ?? '', 120)} (${titleOf(note.conversationTitle)}, ${note.conversationId})`,
        ),
      ].join('\n');

const remembered = (memories: SearchResult['memories']): string =>
  memories.length === 0
    ? ''
    : ['Memories', ...memories.map(({ memory }) => `  ${oneLine(memory.text, 120)} (${memory.label})`)].join('\n');

function titled(result: SearchResult): string {
  const others = titlesBeside(result);
  return others.length === 0
    ? ''
    : [
        'Conversations with a matching title',
        ...others.map(({ conversation, at }) => `  ${titleOf(conversation.title)}, ${day(at)} (${conversation.id})`),
      ].join('\n');
}

const hits = (result: SearchResult): string =>
  result.items.length === 0
    ? [result.titles.length === 0 ? 'Nothing was found.' : 'No message says this.', ...unquoted(result)].join(' ')
    : [
        ...takenFor(result),
        ...unquoted(result),
        ...missed(result),
        ...result.items.map((hit, index) => rendered(hit, index + 1)),
      ].join('\n\n');

/** Which quotations nothing holds; a question is answered without them. */
const unquoted = ({ unheld, items }: SearchResult): string[] =>
  unheld.map(
    (quote) =>
      `Nothing contains “${quote}” word for word.${items.length === 0 ? '' : ' These results were found without it.'}`,
  );

/** Which words nothing says: what is only close in meaning is not to be taken for what was looked for. */
function missed(result: SearchResult): string[] {
  const found = wordsFound(result);
  if (found === null || found.together) return [];
  if (isOnlyMeant(result)) return ['No message says this in these words; these are close in meaning.'];
  const nowhere = found.nowhere.length === 0 ? '' : ` Not found anywhere: ${found.nowhere.join(', ')}.`;
  return [`No message says all of these words; these say some.${nowhere}`];
}

function rendered({ conversation, message, acu, branch, reasons }: SearchHit, place: number): string {
  const why = reasons.map(({ arm, detail }) => `${arm}: ${oneLine(detail, 80)}`).join(' · ');
  return [
    `${place}. ${titleOf(conversation.title ?? conversation.opening)} — ${message.role}, ${day(message.createdAt)}${branch === 'other' ? ', on another branch' : ''}`,
    `   ${oneLine(acu.text, 240)}`,
    `   ${message.id}  ${why}`,
  ].join('\n');
}
