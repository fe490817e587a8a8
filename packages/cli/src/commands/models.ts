/**
 * `vivim models`: who makes the vectors that search by meaning compares. What would leave, and for where, is said before anything
 * does; what left is listed. A key is asked for or read from standard input, and is never shown again.
 */
import type { ModelCall, ModelService, ModelServiceKind, ModelServiceList } from '@vivim/contract/model-services';
import { modelServiceKinds, type PutModelService } from '@vivim/contract/model-services';
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { type ExitCode, exitCodes } from '../output/exit-code.ts';
import { show } from '../output/speak.ts';
import { count, day, oneLine, table } from '../output/text.ts';
import { connect, connectWithKey } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { askKey, keyWords, upstreamName, urlOption } from './upstreams.ts';

interface AddOptions extends GlobalOptions {
  readonly kind?: ModelServiceKind;
  readonly url: string;
  readonly model: string;
  readonly key: boolean;
  readonly perMinute?: number;
  readonly monthlyTokens?: number;
}

/** What the built-in embedder is called here. No service can have the name: it is not in lower case. */
const builtIn = 'BUILT-IN';

const nameArgument = () => new Argument('<name>', 'what it is called').argParser(upstreamName);

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('Write a whole number above 0.');
  return number;
}

export function defineModels(program: Command, world: World, end: (code: ExitCode) => void): void {
  const models = program
    .command('models')
    .summary('who makes your vectors')
    .description(
      'Services that make the vectors search by meaning compares, in place of the built-in embedder. Nothing goes to one before you agree.',
    );
  defineAdd(models, world);
  models
    .command('list')
    .description('Lists services, what you agreed to, what went there this month, and who makes your vectors now.')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      show(world, options, await client.listModelServices({}), listing);
    });
  defineTest(models, world, end);
  defineConsent(models, world);
  defineUse(models, world);
  models
    .command('log')
    .description(
      'Lists what left for which service, newest first: how much, and what became of it. Never what was in it.',
    )
    .option('--limit <count>', 'how many requests', wholeNumber, 50)
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { limit: number }>();
      const { client } = await connect(world, options);
      const log = await client.listModelCalls({ query: { limit: Math.min(500, options.limit) } });
      show(world, options, log, ({ items }) => (items.length === 0 ? 'Nothing has left.' : table(items.map(callRow))));
    });
  models
    .command('remove')
    .description('Forgets a service and its key, and withdraws what you agreed to. Its vectors go within a day.')
    .addArgument(nameArgument())
    .action(async (name: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connectWithKey(world, options);
      const gone = await client.deleteModelService({ params: { name } });
      show(world, options, gone, () => `${name} is forgotten, its key too.`);
    });
}

function defineAdd(models: Command, world: World): void {
  models
    .command('add')
    .summary('add a service, or set one anew')
    .description('Adds a service. Its key is asked for, or read from standard input. Nothing is sent.')
    .argument('<name>', 'what to call it: lower case letters, digits, dashes', upstreamName)
    .addOption(new Option('--kind <kind>', 'which interface it speaks').choices(modelServiceKinds).default('openai'))
    .addOption(urlOption('where it answers: with /v1 for openai, without for ollama').makeOptionMandatory())
    .requiredOption('--model <model>', 'the model that is to make vectors')
    .option('--no-key', 'it takes none, such as a model on your own machine')
    .option('--per-minute <count>', 'requests in a minute at most (60)', wholeNumber)
    .option('--monthly-tokens <count>', 'tokens in a month at most (no cap)', wholeNumber)
    .addHelpText(
      'after',
      `
Examples:
  vivim models add openai --url https://api.openai.com/v1 --model text-embedding-3-small --monthly-tokens 5000000 < key.txt
  vivim models add ollama --kind ollama --url http://127.0.0.1:11434 --model nomic-embed-text --no-key
  vivim models add llama --url http://127.0.0.1:8080/v1 --model default --no-key

A service on a private address has to be allowed by the operator (VIVIM_UPSTREAM_PRIVATE).
Then: vivim models test NAME, vivim models consent NAME, vivim models use NAME`,
    )
    .action(async (name: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<AddOptions>();
      const { client } = await connectWithKey(world, options);
      const body: PutModelService = {
        kind: options.kind ?? 'openai',
        baseUrl: options.url,
        model: options.model,
        key: options.key ? await askKey(world, name) : null,
        ...(options.perMinute === undefined ? {} : { perMinute: options.perMinute }),
        ...(options.monthlyTokens === undefined ? {} : { monthlyTokens: options.monthlyTokens }),
      };
      show(world, options, await client.putModelService({ params: { name }, body }), (one) => table([rowOf(one)]));
    });
}

function defineTest(models: Command, world: World, end: (code: ExitCode) => void): void {
  models
    .command('test')
    .description('Has a service embed three fixed words (apple, boat, river), and learns the size of its vectors.')
    .addArgument(nameArgument())
    .action(async (name: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connectWithKey(world, options);
      const result = await client.testModelService({ params: { name } });
      if (!result.ok) end(exitCodes.unavailable);
      show(world, options, result, ({ ok, dimensions, detail }) =>
        ok ? `${name} answers, with vectors of ${dimensions} numbers.` : oneLine(detail ?? 'It does not answer.', 300),
      );
    });
}

function defineConsent(models: Command, world: World): void {
  models
    .command('consent')
    .summary('agree that your texts go to a service, or withdraw it')
    .description(
      'Agrees that the texts of your messages, and your questions, go to a service to be embedded. They leave this server.',
    )
    .addArgument(nameArgument())
    .option('--withdraw', 'from now on nothing goes there')
    .addHelpText('after', '\nExamples:\n  vivim models consent openai\n  vivim models consent openai --withdraw')
    .action(async (name: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { withdraw?: true }>();
      const { client } = await connectWithKey(world, options);
      if (options.withdraw === true) {
        const list = await client.withdrawFromModelService({ params: { name }, query: { purpose: 'embed' } });
        return show(world, options, list, () => `Nothing goes to ${name} any more.`);
      }
      const found = (await client.listModelServices({})).items.find((one) => one.name === name);
      if (found === undefined) throw new CliError('not_there', `There is no service ${name}. See: vivim models list`);
      const { kind, baseUrl, model } = found;
      const list = await client.agreeToModelService({
        params: { name },
        body: { purpose: 'embed', kind, baseUrl, model },
      });
      show(
        world,
        options,
        list,
        () =>
          `Texts of your messages and your questions may go to ${model} at ${baseUrl}, to be embedded, once you use it: vivim models use ${name}`,
      );
    });
}

function defineUse(models: Command, world: World): void {
  models
    .command('use')
    .summary('choose who makes your vectors')
    .description(
      'Chooses who makes your vectors. They are made anew in the background; until they are all there the old ones answer.',
    )
    .argument('[name]', 'a service')
    .option('--built-in', 'the embedder of this server: nothing leaves it')
    .addHelpText('after', '\nExamples:\n  vivim models use openai\n  vivim models use --built-in')
    .action(async (name: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { builtIn?: true }>();
      if ((name === undefined) === (options.builtIn === undefined))
        throw new CliError('usage', 'Name a service, or say --built-in.');
      const service = name === undefined ? null : upstreamName(name);
      const { client } = await connectWithKey(world, options);
      const choice = await client.chooseEmbedder({ body: { service } });
      show(world, options, choice, choiceWords);
    });
}

const rowOf = (one: ModelService): string[] => [
  one.name,
  one.kind,
  oneLine(one.model, 60),
  keyWords(one),
  one.dimensions === null ? 'not tested' : `${one.dimensions} numbers`,
  one.embedAgreedAt === null ? 'not agreed to' : `agreed to on ${day(one.embedAgreedAt)}`,
  `${one.thisMonth.tokens}${one.monthlyTokens === null ? '' : ` of ${one.monthlyTokens}`} tokens this month`,
  oneLine(one.baseUrl, 80),
];

function choiceWords({ answering, chosen, waiting }: ModelServiceList['embedder']): string {
  const now = `Your vectors are made by ${answering ?? builtIn}.`;
  return answering === chosen
    ? now
    : `${now} ${chosen ?? builtIn} takes over when ${count(waiting, 'conversation')} more ${waiting === 1 ? 'has' : 'have'} its vectors.`;
}

const listing = ({ items, embedder }: ModelServiceList): string =>
  [...(items.length === 0 ? [] : [table(items.map(rowOf)), '']), choiceWords(embedder)].join('\n');

const callRow = (call: ModelCall): string[] => [
  call.at.slice(0, 19).replace('T', ' '),
  call.service,
  oneLine(call.host, 60),
  oneLine(call.model, 60),
  call.purpose,
  count(call.texts, 'text'),
  count(call.characters, 'character'),
  count(call.tokens, 'token'),
  call.outcome,
];
