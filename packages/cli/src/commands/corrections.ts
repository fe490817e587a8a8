/** What `vivim topics` and `vivim entities` have in common: putting right what was found, and undoing that. */
import type { Correction, EntityCorrection, TopicCorrection } from '@vivim/contract/correction';
import type { ConversationId, CorrectionId, EntityId, TopicId } from '@vivim/contract/ids';
import { type EntityType, entityTypes } from '@vivim/contract/profile-words';
import { Argument, type Command } from 'commander';
import { show } from '../output/speak.ts';
import { day, oneLine, table } from '../output/text.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { limitOption } from './options.ts';

type Kind = 'topic' | 'entity';

const words = {
  topic: { one: 'topic', hide: 'hide', hides: 'Hides a topic: it is in no list and no context.' },
  entity: { one: 'entity', hide: 'ignore', hides: 'Ignores one: it is in no list and no context.' },
} as const;

/** Adds the commands that correct to `vivim topics` or `vivim entities`. */
export function defineCorrections(parent: Command, kind: Kind, world: World): void {
  const { one, hide, hides } = words[kind];
  const correct = (name: string, description: string) =>
    parent
      .command(name)
      .description(`${description} No later rollup changes it back.`)
      .argument('<id>', `id of the ${one}`);
  const apply = async (id: string, body: TopicCorrection | EntityCorrection, command: Command): Promise<void> => {
    const options = command.optsWithGlobals<GlobalOptions>();
    const { client } = await connect(world, options);
    const made =
      kind === 'topic'
        ? await client.correctTopic({ params: { id: id as TopicId }, body: body as TopicCorrection })
        : await client.correctEntity({ params: { id: id as EntityId }, body: body as EntityCorrection });
    show(world, options, made, correctionText);
  };

  correct('rename', 'Gives it another name.')
    .argument('<name...>', 'what to call it; quoting is not needed')
    .action((id: string, name: string[], _: unknown, command: Command) =>
      apply(id, { action: 'rename', name: name.join(' ') }, command),
    );
  correct('merge', 'Counts it as another from now on: names, mentions and claims go together.')
    .argument('<into>', `id of the ${one} it goes into`)
    .action((id: string, into: string, _: unknown, command: Command) =>
      apply(id, { action: 'merge', into: into as never }, command),
    );
  correct('apart', 'Says that it is not the same as another, however alike they look.')
    .argument('<other>', `id of the ${one} it is not`)
    .action((id: string, other: string, _: unknown, command: Command) =>
      apply(id, { action: 'apart', from: other as never }, command),
    );
  correct('split', 'Takes ways of writing it out again. They are listed as its parts.')
    .argument('<part...>', 'as listed, each quoted where it has spaces')
    .action((id: string, parts: string[], _: unknown, command: Command) =>
      apply(id, { action: 'split', parts }, command),
    );
  correct('move', 'Says that something else is meant in these conversations.')
    .argument('<name>', 'what that is called')
    .argument('<conversation...>', 'ids of conversations')
    .action((id: string, name: string, conversations: string[], _: unknown, command: Command) =>
      apply(id, { action: 'move', name, conversationIds: conversations as ConversationId[] }, command),
    );
  for (const [name, pinned, description] of [
    ['pin', true, 'Puts it before all others, and keeps it shown.'],
    ['unpin', false, 'Puts it back among the others.'],
  ] as const)
    correct(name, description).action((id: string, _: unknown, command: Command) =>
      apply(id, { action: 'pin', pinned }, command),
    );
  correct(hide, hides).action((id: string, _: unknown, command: Command) =>
    apply(id, { action: 'hide', hidden: true }, command),
  );
  if (kind === 'entity')
    correct('type', 'Says what sort of thing it is.')
      .addArgument(new Argument('<type>', 'what it is').choices(entityTypes))
      .action((id: string, type: EntityType, _: unknown, command: Command) =>
        apply(id, { action: 'type', type }, command),
      );

  parent
    .command('corrections')
    .description('Lists what you put right, the latest first.')
    .addOption(limitOption(50))
    .action(async (_: unknown, command: Command) => {
      const { limit, ...options } = command.optsWithGlobals<GlobalOptions & { limit: number }>();
      const { client } = await connect(world, options);
      const page = await collect(limit, 200, (query) => client.listCorrections({ query: { ...query, kind } }));
      show(world, options, page, ({ items }) => correctionTable(items));
    });
  parent
    .command('undo')
    .description('Undoes a correction: what was found stands again as if it had never been made.')
    .argument('<id>', 'id of a correction')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      show(
        world,
        options,
        await client.undoCorrection({ params: { id: id as CorrectionId } }),
        (undone) => `Undone: ${said(undone)}`,
      );
    });
}

const said = ({ action, name, value }: Correction): string => {
  const [it, to] = [oneLine(name, 60), oneLine(value, 60)];
  switch (action) {
    case 'rename':
      return `${it} is called ${to}`;
    case 'merge':
      return `${it} counts as ${to}`;
    case 'apart':
      return `${it} is not ${to}`;
    case 'split':
      return `${to} is something else than ${it}`;
    case 'move':
      return `${it} means ${to} in some conversations`;
    case 'type':
      return `${it} is of the type ${to}`;
    case 'pin':
      return value === 'true' ? `${it} is pinned` : `${it} is not pinned`;
    case 'hide':
      return value === 'true' ? `${it} is hidden` : `${it} is shown`;
  }
};

const correctionText = (correction: Correction): string => `${said(correction)}\n  undo with: ${correction.id}`;

const correctionTable = (items: readonly Correction[]): string =>
  items.length === 0
    ? 'You have corrected nothing yet.'
    : table(items.map((item) => [said(item), day(item.at), item.id]));
