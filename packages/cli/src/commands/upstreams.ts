/**
 * `vivim upstreams`: the services your conversations go through, so that they are kept as they are said. A key is asked for at the
 * terminal or read from standard input; it never stands in a command line, and is never shown again.
 */
import type { PutUpstream, Upstream, UpstreamKind, UpstreamList } from '@vivim/contract/live';
import { UpstreamName, UpstreamUrl, upstreamKinds } from '@vivim/contract/live';
import { type Command, Option } from 'commander';
import { askSecret } from '../ask/ask.ts';
import { CliError } from '../cli-error.ts';
import { type ExitCode, exitCodes } from '../output/exit-code.ts';
import { say, show } from '../output/speak.ts';
import { count, day, oneLine, table } from '../output/text.ts';
import { connect, connectWithKey } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { parsedBy } from './parsed-by.ts';

interface PutOptions extends GlobalOptions {
  readonly kind?: UpstreamKind;
  readonly url?: string;
  readonly key: boolean;
  readonly default?: true;
  readonly record: boolean;
}

interface ChangeOptions extends GlobalOptions {
  readonly url?: string;
  readonly key?: true;
  readonly default?: true;
  readonly record?: 'on' | 'off';
}

const usualUrl: Readonly<Record<UpstreamKind, string>> = {
  openai: 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com',
};

export const upstreamName = parsedBy(UpstreamName);

export const urlOption = (what: string) => new Option('--url <address>', what).argParser(parsedBy(UpstreamUrl));

export function defineUpstreams(program: Command, world: World, end: (code: ExitCode) => void): void {
  const upstreams = program
    .command('upstreams')
    .summary('keep conversations as they are said')
    .description(
      'Services your own clients can reach through this server, by the interfaces of OpenAI and Anthropic. What is said is kept.',
    );
  defineAdd(upstreams, world);
  defineList(upstreams, world);
  defineChange(upstreams, world);
  defineTest(upstreams, world, end);
  upstreams
    .command('remove')
    .description('Forgets a service and its key.')
    .argument('<name>', 'what it is called', upstreamName)
    .action(async (name: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connectWithKey(world, options);
      show(
        world,
        options,
        await client.deleteUpstream({ params: { name } }),
        () => `${name} is forgotten, its key too.`,
      );
    });
}

function defineAdd(upstreams: Command, world: World): void {
  upstreams
    .command('add')
    .summary('add a service, or set one anew')
    .description('Adds a service. Its key is asked for, or read from standard input.')
    .argument('<name>', 'what to call it: lower case letters, digits, dashes', upstreamName)
    .addOption(new Option('--kind <kind>', 'which interface it speaks').choices(upstreamKinds).default('openai'))
    .addOption(urlOption('where it answers (the provider itself)'))
    .option('--no-key', 'it takes none, such as a model on your own machine')
    .option('--default', 'requests that name no service go here')
    .option('--no-record', 'what goes through it is not kept')
    .addHelpText(
      'after',
      `
Examples:
  vivim upstreams add openai
  vivim upstreams add claude --kind anthropic < key.txt
  vivim upstreams add ollama --url http://127.0.0.1:11434/v1 --no-key

A service on a private address has to be allowed by the operator (VIVIM_UPSTREAM_PRIVATE).
Then make a token for your client: vivim tokens create --scope proxy:use --scope proxy:record --days 90`,
    )
    .action(async (name: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<PutOptions>();
      const { kind = 'openai' } = options;
      const { client, server } = await connectWithKey(world, options);
      const body: PutUpstream = {
        kind,
        baseUrl: options.url ?? usualUrl[kind],
        key: options.key ? await askKey(world, name) : null,
        record: options.record,
        ...(options.default === undefined ? {} : { isDefault: true }),
      };
      show(world, options, await client.putUpstream({ params: { name }, body }), shownUpstream);
      say(world, `Point a client at ${baseOf(server, kind)} with a token as its key. See: vivim upstreams list`);
    });
}

export async function askKey(world: World, name: string): Promise<string> {
  const key = (await askSecret(world, `Key of ${name} (it is not shown): `)).trim();
  if (key === '') throw new CliError('usage', 'No key was given. Send it on standard input, or say --no-key.');
  return key;
}

function defineList(upstreams: Command, world: World): void {
  upstreams
    .command('list')
    .description('Lists services, what to point a client at, and what was kept.')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client, server } = await connect(world, options);
      show(world, options, await client.listUpstreams({}), (list) => listing(list, server));
    });
}

function defineChange(upstreams: Command, world: World): void {
  upstreams
    .command('change')
    .description('Changes a service. Where its address changes its key is asked for again.')
    .argument('<name>', 'what it is called', upstreamName)
    .addOption(urlOption('where it answers now'))
    .option('--key', 'set another key')
    .option('--default', 'requests that name no service go here')
    .addOption(new Option('--record <switch>', 'whether what goes through it is kept').choices(['on', 'off']))
    .addHelpText(
      'after',
      '\nExamples:\n  vivim upstreams change openai --record off\n  vivim upstreams change openai --key < key.txt',
    )
    .action(async (name: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ChangeOptions>();
      const { client } = await connectWithKey(world, options);
      const before = (await client.listUpstreams({})).items.find((one) => one.name === name);
      if (before === undefined)
        throw new CliError('not_there', `There is no upstream ${name}. See: vivim upstreams list`);
      const moves = options.url !== undefined && options.url !== before.baseUrl;
      const asks = options.key === true || (moves && before.keyEnding !== null);
      const body: PutUpstream = {
        kind: before.kind,
        baseUrl: options.url ?? before.baseUrl,
        ...(asks ? { key: await askKey(world, name) } : {}),
        ...(options.record === undefined ? {} : { record: options.record === 'on' }),
        ...(options.default === undefined ? {} : { isDefault: true }),
      };
      show(world, options, await client.putUpstream({ params: { name }, body }), shownUpstream);
    });
}

function defineTest(upstreams: Command, world: World, end: (code: ExitCode) => void): void {
  upstreams
    .command('test')
    .description('Asks a service for its models, with the key that is set.')
    .argument('<name>', 'what it is called', upstreamName)
    .action(async (name: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connectWithKey(world, options);
      const result = await client.testUpstream({ params: { name } });
      if (!result.ok) end(exitCodes.unavailable);
      show(world, options, result, ({ ok, models, detail }) =>
        ok ? `${name} answers, with ${count(models.length, 'model')}.` : oneLine(detail ?? 'It does not answer.', 300),
      );
    });
}

const baseOf = (server: string, kind: UpstreamKind): string => (kind === 'openai' ? `${server}/v1` : server);

export const keyWords = ({ keyEnding }: Pick<Upstream, 'keyEnding'>): string =>
  keyEnding === null ? 'no key' : keyEnding === '' ? 'key set' : `key …${keyEnding}`;

const rowOf = (one: Upstream): string[] => [
  one.name,
  one.kind,
  keyWords(one),
  one.record ? 'kept' : 'not kept',
  one.isDefault ? 'default' : '',
  one.lastUsedAt === null ? 'never used' : `used ${day(one.lastUsedAt)}`,
  oneLine(one.baseUrl, 80),
];

const shownUpstream = (one: Upstream): string => table([rowOf(one)]);

function listing({ items, live }: UpstreamList, server: string): string {
  const kinds = [...new Set(items.map(({ kind }) => kind))];
  const missed =
    live.missed === 0
      ? ''
      : `\n${count(live.missed, 'exchange')} went through and could not be kept, last on ${day(live.lastMissedAt)} (${live.lastMissedFor}).`;
  if (items.length === 0) return `No service is set yet. Add one with: vivim upstreams add NAME${missed}`;
  return [
    table(items.map(rowOf)),
    '',
    ...kinds.map((kind) => `Clients of ${kind === 'openai' ? 'OpenAI' : 'Anthropic'}: ${baseOf(server, kind)}`),
    `${count(live.recorded, 'exchange')} kept, ${live.partial} of them broken off.${missed}`,
  ].join('\n');
}
