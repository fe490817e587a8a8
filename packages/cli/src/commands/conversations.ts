/** `vivim conversations`: what came in, and the words of one conversation. */

import {
  type Conversation,
  type ConversationSummary,
  type Lineage,
  type Message,
  type Relative,
  type Source,
  sources,
} from '@vivim/contract/conversation';
import {
  type ArchivedChoice,
  archivedChoices,
  type ConversationSort,
  conversationSorts,
} from '@vivim/contract/conversation-list';
import type { ConversationId, ProjectId } from '@vivim/contract/ids';
import { type Command, Option } from 'commander';
import { show } from '../output/speak.ts';
import { count, day, oneLine, plain, table, titleOf } from '../output/text.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { defineConversationAnnotations } from './conversation-annotations.ts';
import { idOrList, limitOption } from './options.ts';

interface ConversationsOptions extends GlobalOptions {
  readonly limit: number;
  readonly source?: Source;
  readonly project?: string;
  readonly tag?: string;
  readonly model?: string;
  readonly topic?: string;
  readonly entity?: string;
  readonly from?: string;
  readonly to?: string;
  readonly archived: ArchivedChoice;
  readonly bookmarked?: true;
  readonly noted?: true;
  readonly sort: ConversationSort;
  readonly branches: 'active' | 'all';
}

export function defineConversations(program: Command, world: World): void {
  const conversations = program
    .command('conversations')
    .summary('list conversations, or read one')
    .description('Lists conversations, latest first; with an id, prints one of them.')
    .argument('[id]', 'id of a conversation', idOrList)
    .addOption(limitOption(20))
    .addOption(new Option('--source <source>', 'only from this source').choices(sources))
    .option('--project <id>', 'only of this project; see vivim projects')
    .option('--tag <tag>', 'only with this tag')
    .option('--model <model>', 'only had with this model, or where it wrote a message')
    .option('--topic <id>', 'only about this topic')
    .option('--entity <id>', 'only where this person or thing is named')
    .option('--from <date>', 'went on at this day or later (2024-05-01)')
    .option('--to <date>', 'began before this day')
    .addOption(new Option('--archived <which>', 'archived ones').choices(archivedChoices).default('hide'))
    .option('--bookmarked', 'only with a bookmark, on it or in it')
    .option('--noted', 'only with a note of yours')
    .addOption(new Option('--sort <order>', 'in which order').choices(conversationSorts).default('latest'))
    .addHelpText(
      'after',
      '\nExamples:\n  vivim conversations --source chatgpt --from 2024-01-01\n  vivim conversations --tag thesis --sort oldest\n  vivim conversations tag thesis c_4k2… c_9xa…\n  vivim conversations archive c_4k2…\n  vivim conversations note c_4k2… "Where the plan for the harbour began."',
    )
    .addOption(
      new Option('--branches <which>', 'of a conversation: the path last taken, or all of them')
        .choices(['active', 'all'])
        .default('active'),
    )
    .action(async (id: string | undefined, _: unknown, command: Command) => {
      const {
        limit,
        source,
        project,
        branches,
        tag,
        model,
        topic,
        entity,
        from,
        to,
        archived,
        bookmarked,
        noted,
        sort,
        ...options
      } = command.optsWithGlobals<ConversationsOptions>();
      const { client } = await connect(world, options);
      if (id === undefined) {
        const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
        const filter = {
          ...Object.fromEntries(
            Object.entries({ source, tag, model, topic, entity, from, to }).filter(([, value]) => value !== undefined),
          ),
          ...(project === undefined ? {} : { projectId: project as ProjectId }),
          ...(bookmarked ? { bookmarked: 'true' as const } : {}),
          ...(noted ? { noted: 'true' as const } : {}),
          archived,
          sort,
          timeZone,
        };
        return show(
          world,
          options,
          await collect(limit, 200, (page) => client.listConversations({ query: { ...filter, ...page } })),
          ({ items }) => listing(items),
        );
      }
      const params = { id: id as ConversationId };
      const conversation = await client.getConversation({ params });
      const { items: messages } = await collect(Number.POSITIVE_INFINITY, 200, (page) =>
        client.listMessages({ params, query: { branches, ...page } }),
      );
      show(world, options, { conversation, messages }, reading);
    });
  defineConversationAnnotations(conversations, world);
}

const listing = (items: readonly ConversationSummary[]): string =>
  items.length === 0
    ? 'No conversations yet. Bring an export in with: vivim import FILE'
    : table(
        items.map(({ id, source, title, opening, updatedAt, createdAt, messageCount, tags, archivedAt }) => [
          id,
          source,
          day(updatedAt ?? createdAt),
          count(messageCount, 'message'),
          [
            titleOf(title ?? opening),
            ...tags.map((tag) => `#${oneLine(tag, 60)}`),
            ...(archivedAt === null ? [] : ['(archived)']),
          ].join(' '),
        ]),
      );

const reading = ({ conversation, messages }: { conversation: Conversation; messages: Message[] }): string =>
  [
    [
      `${titleOf(conversation.title ?? conversation.opening)} — ${conversation.source}, ${day(conversation.createdAt)}`,
      ...lineageLines(conversation.lineage),
    ].join('\n'),
    ...messages.map(spoken),
  ].join('\n\n');

const related = (words: string, { id, title, sharedMessages }: Relative): string =>
  `${words} ${id} ${titleOf(title)} (${count(sharedMessages, 'message')} shared)`;

const lineageLines = ({ parent, children }: Lineage): string[] => [
  ...(parent === null ? [] : [related(parent.kind === 'replay' ? 'repeats' : 'continues', parent)]),
  ...children.map((child) => related(child.kind === 'replay' ? 'repeated by' : 'continued by', child)),
];

function spoken({ role, authorName, model, createdAt, parts, feedback }: Message): string {
  const who = authorName ?? (role === 'assistant' ? model : null);
  const words = parts.map((part) =>
    part.text === null ? `[${part.kind}${part.attachment?.name ? ` ${part.attachment.name}` : ''}]` : part.text,
  );
  return plain(
    `${role}${who === null ? '' : ` (${who})`}, ${day(createdAt)}${feedback.map(rated).join('')}\n${words.join('\n')}`,
  );
}

const ratings = { up: 'you liked it', down: 'you disliked it', other: 'you rated it' } as const;

const rated = ({ rating, comment }: Message['feedback'][number]): string =>
  `, ${ratings[rating]}${comment === null ? '' : ` (${comment})`}`;
