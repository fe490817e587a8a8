/** `vivim records`: what was asked for, by whom, what was given, and why each line of a context was given or not. */
import type { Asked, AskedKind, AskedSummary, AskedThing } from '@vivim/contract/asked';
import { askedKinds } from '@vivim/contract/asked-words';
import type { Assembly, AssemblyLine } from '@vivim/contract/assembly';
import { layerTitles } from '@vivim/contract/context';
import type { AcuId, AskedId, AssemblyId } from '@vivim/contract/ids';
import { type Command, Option } from 'commander';
import { show } from '../output/speak.ts';
import { count, day, oneLine, plain, table } from '../output/text.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { limitOption, present, time } from './options.ts';

interface ListOptions extends GlobalOptions {
  readonly limit: number;
  readonly app?: string;
  readonly kind?: AskedKind;
  readonly mcp?: true;
  readonly from?: string;
  readonly to?: string;
}

export function defineRecords(program: Command, world: World): void {
  const records = program
    .command('records')
    .summary('what you and the AIs you connected asked for, and what was given')
    .description(
      'A record is kept of every context that is compiled (the newest 1,000), and of whatever an AI, an application or a token of yours searched, read, remembered and forgot (the newest 5,000, a year at most). What you search and read yourself is not written down.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  vivim records list --mcp             what AIs asked for\n  vivim records list --app Claude --from 2026-11-20\n  vivim records who\n  vivim records show ID\n  vivim records why ID a_…     why this unit is in that context, or is not\n\nErasing anything removes the records of contexts, and of the others all words and what names the erased: a question may repeat what was erased.',
    );
  records
    .command('list')
    .description('Lists what was asked for, newest first.')
    .addOption(limitOption(50))
    .option('--app <name>', 'only what this application asked for; vivim records who lists them')
    .addOption(new Option('--kind <kind>', 'only what was asked for as this').choices(askedKinds))
    .option('--mcp', 'only what was asked for over MCP')
    .addOption(new Option('--from <time>', 'only from this day or time on').argParser(time))
    .addOption(new Option('--to <time>', 'only before this day or time').argParser(time))
    .action(async (_: unknown, command: Command) => {
      const { limit, app, kind, mcp, from, to, ...options } = command.optsWithGlobals<ListOptions>();
      const { client } = await connect(world, options);
      const filters = present({
        application: app,
        kind,
        way: mcp === true ? ('mcp' as const) : undefined,
        from: from === undefined ? undefined : instant(from),
        to: to === undefined ? undefined : instant(to),
      });
      const found = await collect<AskedSummary>(limit, 200, (query) =>
        client.listAsked({ query: { ...filters, ...query } }),
      );
      show(world, options, found, ({ items }) =>
        items.length === 0
          ? Object.keys(filters).length === 0
            ? 'Nothing was asked for yet.'
            : 'No record of that.'
          : table(items.map(lineOf)),
      );
    });
  records
    .command('who')
    .description('Lists who asked, the latest first, and how many records there are of each.')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      show(world, options, await client.listAskers({}), ({ items }) =>
        items.length === 0
          ? 'Nobody asked for anything yet.'
          : table(
              items.map((asker) => [
                askerOf(asker),
                asker.way === 'mcp' ? 'AI' : 'API',
                count(asker.count, 'record'),
                `last ${day(asker.lastAt)}`,
              ]),
            ),
      );
    });
  records
    .command('show')
    .description('Shows what was given; of a context also what was left out, with reasons.')
    .argument('<id>', 'of the record')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      const asked = await client.getAsked({ params: { id: id as AskedId } });
      if (asked.kind !== 'context') return show(world, options, asked, askedText);
      const context = await client.getAssembly({ params: { id: id as AssemblyId } });
      show(world, options, context, (record) => contextText(asked, record));
    });
  records
    .command('why')
    .description('Says why a unit or a memory is in a context, or is not.')
    .argument('<id>', 'of the record')
    .argument('<unit>', 'id of a unit or a memory')
    .action(async (id: AssemblyId, acuId: AcuId, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      const why = await client.explainAssembly({ params: { id }, query: { acuId } });
      show(world, options, why, ({ explanation }) => explanation);
    });
  records
    .command('clear')
    .description('Removes every record, those of contexts too.')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      show(world, options, await client.clearAsked({}), ({ cleared }) => `Removed: ${cleared}.`);
    });
}

/** A day begins in UTC, as in every answer. */
const instant = (at: string): string => (at.length === 10 ? `${at}T00:00:00Z` : at);

const askerOf = ({ application, sessionId }: Pick<AskedSummary, 'application' | 'sessionId'>): string =>
  application === null ? `session ${sessionId.slice(0, 8)}` : oneLine(application, 30);

const lineOf = (asked: AskedSummary): string[] => [
  asked.id,
  day(asked.at),
  asked.way === 'mcp' ? 'AI' : 'API',
  askerOf(asked),
  asked.kind,
  given(asked),
  oneLine(asked.words ?? '', 80),
];

const given = ({ tokens, count: n }: AskedSummary): string =>
  tokens === null ? String(n) : `${tokens} tokens, ${count(n, 'line')}`;

const askedText = (asked: Asked): string =>
  [
    lineOf(asked).join('  '),
    ...(asked.given === null
      ? ['Of so old a record it is not kept any more what was given.']
      : ['Given', table(asked.given.map(thingOf))]),
  ].join('\n');

const thingOf = ({ id, kind, name, gone }: AskedThing): string[] => [
  `  ${kind}`,
  plain(id),
  gone ? 'no longer there' : oneLine(name ?? '', 80),
];

const contextText = (asked: AskedSummary, { given: lines, left }: Assembly): string =>
  [
    lineOf(asked).join('  '),
    'Given',
    table(lines.map(whyOf)),
    ...(left.length === 0 ? [] : ['Left out', table(left.map(whyOf))]),
  ].join('\n');

const whyOf = ({ ref, state, layer, acuId, memoryId, reasons }: AssemblyLine): string[] => [
  ref === null ? `  ${state}` : `  [${ref}]`,
  layerTitles[layer],
  acuId ?? memoryId ?? '',
  oneLine(reasons.map(({ detail }) => detail).join('; '), 100),
];
