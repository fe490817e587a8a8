/** `vivim search`: find what was said, with where and why. */

import { type AcuType, acuTypes } from '@vivim/contract/acu';
import { type Role, roles, type Source, sources } from '@vivim/contract/conversation';
import { type ArchivedChoice, archivedChoices } from '@vivim/contract/conversation-list';
import type { SearchHit, SearchResult } from '@vivim/contract/search';
import { type Command, Option } from 'commander';
import { say, show } from '../output/speak.ts';
import { day, oneLine, titleOf } from '../output/text.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { asOfOption, limitOption, liveOnlyOption } from './options.ts';

interface SearchOptions extends GlobalOptions {
  readonly limit: number;
  readonly source?: Source;
  readonly role?: Role;
  readonly from?: string;
  readonly to?: string;
  readonly conversation?: string;
  readonly project?: string;
  readonly topic?: string;
  readonly entity?: string;
  readonly tag?: string;
  readonly archived?: ArchivedChoice;
  readonly bookmarked?: true;
  readonly type?: AcuType;
  readonly language?: string;
  readonly like?: string;
  readonly asOf?: string;
  readonly liveOnly?: true;
}

export function defineSearch(program: Command, world: World): void {
  program
    .command('search')
    .summary('find what was said')
    .description(
      'Finds what was said, best first, with the conversation and message it stands in and the reasons it was found.',
    )
    .argument('[query...]', 'words to look for; quoting is not needed')
    .addOption(limitOption(10))
    .addOption(new Option('--source <source>', 'only from this source').choices(sources))
    .addOption(new Option('--role <role>', 'only what this role said').choices(roles))
    .option('--from <date>', 'said on or after this day (2024-05-01)')
    .option('--to <date>', 'said before this day')
    .option('--conversation <id>', 'only in this conversation')
    .option('--project <id>', 'only in conversations of this project')
    .option('--topic <id>', 'only what belongs to this topic')
    .option('--entity <id>', 'only what names this person or thing')
    .option('--tag <tag>', 'only in conversations with this tag')
    .addOption(
      new Option('--archived <which>', 'archived conversations are found too, unless this says otherwise').choices(
        archivedChoices,
      ),
    )
    .option('--bookmarked', 'only what has a bookmark, or stands in a conversation that has one')
    .addOption(new Option('--type <type>', 'only units of this type').choices(acuTypes))
    .option('--language <language>', 'only in this language (pt), or code in this one (python)')
    .option('--like <message>', 'what is like this message; words are not needed then')
    .addOption(asOfOption())
    .addOption(liveOnlyOption())
    .addHelpText(
      'after',
      '\nWords only rank; more of them found is better. To demand and refuse:\n  "green tea"     these words beside each other\n  fermen*         words that begin so\n  +tea  -coffee   this word, never that one\n  (tea OR mate) AND NOT sugar\nWrite -- before a query that begins with a minus. A time in the query ("in May 2023", "last spring") lifts what was said then.\n\nExamples:\n  vivim search glaze recipe for the blue bowls\n  vivim search \'"green tea" fermen*\' --type decision\n  vivim search "postgres backup" --from 2024-01-01 --role user --limit 3\n  vivim search "where do I live" --as-of 2023-01-01\n  vivim search lisbon --json | jq -r .items[].conversation.title',
    )
    .action(async (words: string[], _: unknown, command: Command) => {
      const {
        limit,
        source,
        role,
        from,
        to,
        conversation,
        project,
        topic,
        entity,
        tag,
        archived,
        bookmarked,
        type,
        language,
        like,
        asOf,
        liveOnly,
        ...options
      } = command.optsWithGlobals<SearchOptions>();
      if (words.length === 0 && like === undefined) command.error("error: missing required argument 'query'");
      const { client } = await connect(world, options);
      const filters = Object.fromEntries(
        Object.entries({
          source,
          role,
          from,
          to,
          conversation,
          project,
          topic,
          entity,
          tag,
          archived,
          bookmarked: bookmarked ? 'true' : undefined,
          type,
          language,
          like,
          asOf,
        }).filter(([, value]) => value !== undefined),
      );
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      const answers: SearchResult[] = [];
      const { items, nextCursor } = await collect(limit, 100, async (page) => {
        const answer = await client.search({
          query: {
            ...(words.length === 0 ? {} : { q: words.join(' ') }),
            timeZone,
            ...filters,
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
      const notes = answers[0]?.notes ?? [];
      const result = { items, memories, notes, nextCursor, meaningReady, tookMs } satisfies SearchResult;
      show(world, options, result, () =>
        [noted(notes), remembered(memories), hits(items)].filter((text) => text !== '').join('\n\n'),
      );
      if (!meaningReady && !options.json)
        say(world, 'Embeddings are still being made: the same search may find more by meaning in a while.');
    });
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

const hits = (items: readonly SearchHit[]): string =>
  items.length === 0 ? 'Nothing was found.' : items.map((hit, index) => rendered(hit, index + 1)).join('\n\n');

function rendered({ conversation, message, acu, reasons }: SearchHit, place: number): string {
  const why = reasons.map(({ arm, detail }) => `${arm}: ${oneLine(detail, 80)}`).join(' · ');
  return [
    `${place}. ${titleOf(conversation.title)} — ${message.role}, ${day(message.createdAt)}`,
    `   ${oneLine(acu.text, 240)}`,
    `   ${message.id}  ${why}`,
  ].join('\n');
}
