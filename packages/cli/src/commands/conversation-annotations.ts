/** `vivim conversations tag, untag, archive, unarchive, bookmark, unbookmark, note, notes, tags, undo`: what a person hangs on them. */
import { text } from 'node:stream/consumers';
import { type Annotation, AnnotationResult, AnnotationStep } from '@vivim/contract/annotation';
import type { ConversationFacets } from '@vivim/contract/conversation-list';
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { show } from '../output/speak.ts';
import { count, day, oneLine, plain, table, titleOf } from '../output/text.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { limitOption } from './options.ts';

interface Verb {
  readonly name: string;
  readonly ids: string;
  readonly says: string;
  readonly done: string;
  /** What takes it back, as a command before the ids. */
  readonly back: string;
  readonly step: (of: string) => object;
}

const things = '<id...>';
const plainVerbs: readonly Verb[] = [
  {
    name: 'archive',
    ids: things,
    says: 'Takes conversations out of lists. Search goes on finding them, and contexts go on using them: to keep one out of contexts, see vivim exclusions.',
    done: 'archived',
    back: 'unarchive',
    step: (of) => ({ kind: 'archive', of, on: true }),
  },
  {
    name: 'unarchive',
    ids: things,
    says: 'Puts archived conversations back into lists.',
    done: 'back in lists',
    back: 'archive',
    step: (of) => ({ kind: 'archive', of, on: false }),
  },
  {
    name: 'bookmark',
    ids: things,
    says: 'Puts a bookmark on conversations or messages.',
    done: 'bookmarked',
    back: 'unbookmark',
    step: (of) => ({ kind: 'bookmark', of, on: true }),
  },
  {
    name: 'unbookmark',
    ids: things,
    says: 'Takes bookmarks away.',
    done: 'without a bookmark now',
    back: 'bookmark',
    step: (of) => ({ kind: 'bookmark', of, on: false }),
  },
];

/** @param conversations the command they belong to */
export function defineConversationAnnotations(conversations: Command, world: World): void {
  async function take(steps: readonly object[], command: Command, told: (result: AnnotationResult) => string) {
    const options = command.optsWithGlobals<GlobalOptions>();
    const read = steps.map((step) => {
      const parsed = AnnotationStep.safeParse(step);
      if (!parsed.success) throw new CliError('usage', wrong(step));
      return parsed.data;
    });
    const { client } = await connect(world, options);
    show(world, options, await client.annotate({ body: { steps: read } }), told);
  }

  for (const { name, ids, says, done, back, step } of plainVerbs)
    conversations
      .command(name)
      .description(says)
      .argument(ids, 'ids of conversations, c_…; a bookmark may be on a message, m_…')
      .action((of: string[], _: unknown, command: Command) =>
        take(of.map(step), command, (result) => outcome(result, done, `vivim conversations ${back}`)),
      );
  for (const [name, on] of [
    ['tag', true],
    ['untag', false],
  ] as const)
    conversations
      .command(name)
      .description(on ? 'Puts a tag on conversations.' : 'Takes a tag off conversations.')
      .argument('<tag>', 'a word or a few; capitals make no other tag')
      .argument(things, 'ids of conversations, c_…')
      .action((tag: string, of: string[], _: unknown, command: Command) =>
        take(
          of.map((id) => ({ kind: 'tag', of: id, tag, on })),
          command,
          (result) =>
            outcome(
              result,
              on ? `tagged ${oneLine(tag, 60)}` : `without ${oneLine(tag, 60)} now`,
              `vivim conversations ${on ? 'untag' : 'tag'} ${JSON.stringify(tag)}`,
            ),
        ),
      );
  conversations
    .command('note')
    .description(
      'Writes a note of your own on a conversation or a message, in place of the one that is there. Search finds its words; no AI is told them.',
    )
    .argument('<id>', 'of a conversation, c_…, or a message, m_…')
    .argument('<text...>', 'Markdown; - reads standard input; an empty one takes the note away')
    .action(async (of: string, words: string[], _: unknown, command: Command) => {
      const said = words.length === 1 && words[0] === '-' ? await text(world.stdin) : words.join(' ');
      return take([{ kind: 'note', of, text: said }], command, ({ changed, undo }) => {
        if (changed === 0) return 'It says so already.';
        const [before] = undo;
        const old = before?.kind === 'note' ? before.text : '';
        return old === '' ? 'Noted.' : `Noted. It said before:\n${plain(old)}`;
      });
    });
  for (const [name, kind, says] of [
    ['notes', 'note', 'Lists your notes, the latest first.'],
    ['bookmarks', 'bookmark', 'Lists your bookmarks, the latest first.'],
  ] as const)
    conversations
      .command(name)
      .description(says)
      .addOption(limitOption(50))
      .action(async (_: unknown, command: Command) => {
        const { limit, ...options } = command.optsWithGlobals<GlobalOptions & { limit: number }>();
        const { client } = await connect(world, options);
        const page = await collect(limit, 200, (query) => client.listAnnotations({ query: { kind, ...query } }));
        show(world, options, page, ({ items }) => listing(items));
      });
  conversations
    .command('tags')
    .description('Lists your tags, the most used first.')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      show(world, options, await client.getConversationFacets({}), tagList);
    });
  conversations
    .command('undo')
    .description('Takes back what one of these commands did: reads what it said with --json from standard input.')
    .action(async (_: unknown, command: Command) => {
      const read = AnnotationResult.safeParse(parsedJson(await text(world.stdin)));
      if (!read.success)
        throw new CliError('usage', 'Give what a command said with --json: vivim conversations undo < said.json');
      if (read.data.undo.length === 0)
        throw new CliError('usage', 'There is nothing to take back: it changed nothing.');
      return take(read.data.undo, command, ({ changed }) => `Taken back: ${count(changed, 'change')}.`);
    });
}

function parsedJson(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    return null;
  }
}

const wrong = (step: object): string => {
  const { kind, of, tag } = step as { kind: string; of: string; tag?: string };
  if (tag !== undefined && /^c_[a-z2-7]{32}$/.test(of)) return 'A tag has from 1 to 60 characters, on one line.';
  return `${of} names no ${kind === 'bookmark' || kind === 'note' ? 'conversation or message' : 'conversation'}.`;
};

const outcome = ({ changed, undo }: AnnotationResult, done: string, back: string): string =>
  changed === 0
    ? 'That was so already; nothing changed.'
    : `${changed} ${done}\n  take it back with: ${back} ${undo.map(({ of }) => of).join(' ')}`;

const listing = (items: readonly Annotation[]): string =>
  items.length === 0
    ? 'There is none yet.'
    : table(
        items.map(({ conversationId, messageId, conversationTitle, text: words, changedAt }) => [
          messageId ?? conversationId,
          day(changedAt),
          oneLine(titleOf(conversationTitle), 40),
          words === null ? '' : oneLine(words, 60),
        ]),
      );

const tagList = ({ tags }: ConversationFacets): string =>
  tags.length === 0
    ? 'You have no tags yet. Tag a conversation with: vivim conversations tag TAG ID'
    : table(tags.map(({ value, conversations }) => [oneLine(value, 60), count(conversations, 'conversation')]));
