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
import type { ConversationId, ProjectId } from '@vivim/contract/ids';
import { type Command, Option } from 'commander';
import { show } from '../output/speak.ts';
import { count, day, plain, table, titleOf } from '../output/text.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { limitOption } from './options.ts';

interface ConversationsOptions extends GlobalOptions {
  readonly limit: number;
  readonly source?: Source;
  readonly project?: string;
  readonly branches: 'active' | 'all';
}

export function defineConversations(program: Command, world: World): void {
  program
    .command('conversations')
    .summary('list conversations, or read one')
    .description('Lists conversations, latest first; with an id, prints one of them.')
    .argument('[id]', 'id of a conversation')
    .addOption(limitOption(20))
    .addOption(new Option('--source <source>', 'only from this source').choices(sources))
    .option('--project <id>', 'only of this project; see vivim projects')
    .addOption(
      new Option('--branches <which>', 'of a conversation: the path last taken, or all of them')
        .choices(['active', 'all'])
        .default('active'),
    )
    .action(async (id: string | undefined, _: unknown, command: Command) => {
      const { limit, source, project, branches, ...options } = command.optsWithGlobals<ConversationsOptions>();
      const { client } = await connect(world, options);
      if (id === undefined) {
        const filter = {
          ...(source === undefined ? {} : { source }),
          ...(project === undefined ? {} : { projectId: project as ProjectId }),
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
}

const listing = (items: readonly ConversationSummary[]): string =>
  items.length === 0
    ? 'No conversations yet. Bring an export in with: vivim import FILE'
    : table(
        items.map(({ id, source, title, opening, updatedAt, createdAt, messageCount }) => [
          id,
          source,
          day(updatedAt ?? createdAt),
          count(messageCount, 'message'),
          titleOf(title ?? opening),
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
