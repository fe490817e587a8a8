/**
 * `vivim models`: who makes the vectors that search by meaning compares, and who looks for memories beside the rules. What would leave, and for where, is said before anything
 * does; what left is listed. A key is asked for or read from standard input, and is never shown again.
 */
import type {
  MemoryModel,
  ModelCall,
  ModelPurpose,
  ModelService,
  ModelServiceKind,
  ModelServiceList,
} from '@vivim/contract/model-services';
import { modelPurposes, modelServiceKinds, type PutModelService } from '@vivim/contract/model-services';
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
  readonly dailyTokens?: number;
  readonly priceIn?: number;
  readonly priceOut?: number;
  readonly monthlyCost?: number;
}
interface PurposeOptions extends GlobalOptions {
  readonly for?: keyof typeof purposes;
}

/** What a service is for, as it is said here. */
const purposes = { vectors: 'embed', memories: 'memories' } as const satisfies Record<string, ModelPurpose>;
const purposeOf = (options: PurposeOptions): ModelPurpose => purposes[options.for ?? 'vectors'];
const purposeOption = () =>
  new Option('--for <purpose>', 'vectors of your texts, or memories found in them').choices(Object.keys(purposes));

/** What the built-in embedder is called here. No service can have the name: it is not in lower case. */
const builtIn = 'BUILT-IN';

const nameArgument = () => new Argument('<name>', 'what it is called').argParser(upstreamName);

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('Write a whole number above 0.');
  return number;
}

function amount(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < 0) throw new InvalidArgumentError('Write a number.');
  return number;
}

export function defineModels(program: Command, world: World, end: (code: ExitCode) => void): void {
  const models = program
    .command('models')
    .summary('who makes your vectors, and looks for memories')
    .description(
      'Services that make the vectors search by meaning compares, in place of the built-in embedder, and models that look for memories beside the rules. Nothing goes to one before you agree, for that purpose.',
    );
  defineAdd(models, world);
  models
    .command('list')
    .description(
      'Lists services, what you agreed to, what went there this month, who makes your vectors now, and who looks for memories.',
    )
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
    .requiredOption('--model <model>', 'the model: one that makes vectors, or one that answers')
    .option('--no-key', 'it takes none, such as a model on your own machine')
    .option('--per-minute <count>', 'requests in a minute at most (60)', wholeNumber)
    .option('--monthly-tokens <count>', 'tokens in a month at most (no cap)', wholeNumber)
    .option('--daily-tokens <count>', 'tokens in a day at most (no cap)', wholeNumber)
    .option('--price-in <amount>', 'what a million tokens sent cost, in your money', amount)
    .option('--price-out <amount>', 'what a million tokens of answers cost', amount)
    .option('--monthly-cost <amount>', 'what may be spent in a month (no cap); needs the prices', amount)
    .addHelpText(
      'after',
      `
Examples:
  vivim models add openai --url https://api.openai.com/v1 --model text-embedding-3-small --monthly-tokens 5000000 < key.txt
  vivim models add ollama --kind ollama --url http://127.0.0.1:11434 --model nomic-embed-text --no-key
  vivim models add llama --url http://127.0.0.1:8080/v1 --model default --no-key
  vivim models add writer --url https://api.openai.com/v1 --model gpt-4.1-mini --price-in 0.4 --price-out 1.6 --monthly-cost 5 < key.txt

A service on a private address has to be allowed by the operator (VIVIM_UPSTREAM_PRIVATE).
Then: vivim models test NAME, vivim models consent NAME, vivim models use NAME
For a model that looks for memories, each of the three with --for memories.`,
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
        ...(options.dailyTokens === undefined ? {} : { dailyTokens: options.dailyTokens }),
        ...(options.monthlyCost === undefined ? {} : { monthlyCost: options.monthlyCost }),
        ...(options.priceIn === undefined && options.priceOut === undefined
          ? {}
          : { price: { input: options.priceIn ?? 0, output: options.priceOut ?? 0 } }),
      };
      show(world, options, await client.putModelService({ params: { name }, body }), (one) => table([rowOf(one)]));
    });
}

function defineTest(models: Command, world: World, end: (code: ExitCode) => void): void {
  models
    .command('test')
    .description(
      'Has a service embed three fixed words (apple, boat, river) and learns the size of its vectors, or answer a fixed question and learns how it answers. Nothing of yours is sent.',
    )
    .addArgument(nameArgument())
    .addOption(purposeOption())
    .action(async (name: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<PurposeOptions>();
      const { client } = await connectWithKey(world, options);
      const result = await client.testModelService({ params: { name }, query: { purpose: purposeOf(options) } });
      if (!result.ok) end(exitCodes.unavailable);
      show(world, options, result, ({ ok, dimensions, chatForm, detail }) => {
        if (!ok) return oneLine(detail ?? 'It does not answer.', 300);
        if (dimensions !== null) return `${name} answers, with vectors of ${dimensions} numbers.`;
        return `${name} answers${chatForm === 'plain' ? '; it cannot be kept to a form, so some of its answers will be none' : ''}.`;
      });
    });
}

function defineConsent(models: Command, world: World): void {
  models
    .command('consent')
    .summary('agree that your texts go to a service, or withdraw it')
    .description(
      'Agrees that texts go to a service: those of your messages, and your questions, to be embedded; or what you wrote, to have memories found in it. They leave this server.',
    )
    .addArgument(nameArgument())
    .addOption(purposeOption())
    .option('--withdraw', 'from now on nothing goes there; without --for, for nothing at all')
    .addHelpText(
      'after',
      '\nExamples:\n  vivim models consent openai\n  vivim models consent writer --for memories\n  vivim models consent openai --withdraw',
    )
    .action(async (name: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<PurposeOptions & { withdraw?: true }>();
      const { client } = await connectWithKey(world, options);
      if (options.withdraw === true) {
        const withdrawn = options.for === undefined ? modelPurposes : [purposeOf(options)];
        let list: ModelServiceList | null = null;
        for (const each of withdrawn)
          list = await client.withdrawFromModelService({ params: { name }, query: { purpose: each } });
        const what = options.for === undefined ? '' : ` for ${options.for}`;
        return show(world, options, list, () => `Nothing goes to ${name}${what} any more.`);
      }
      const found = (await client.listModelServices({})).items.find((one) => one.name === name);
      if (found === undefined) throw new CliError('not_there', `There is no service ${name}. See: vivim models list`);
      const { kind, baseUrl, model } = found;
      const purpose = purposeOf(options);
      const list = await client.agreeToModelService({
        params: { name },
        body: { purpose, kind, baseUrl, model },
      });
      show(world, options, list, () =>
        purpose === 'embed'
          ? `Texts of your messages and your questions may go to ${model} at ${baseUrl}, to be embedded, once you use it: vivim models use ${name}`
          : `What you wrote in your conversations may go to ${model} at ${baseUrl}, to have memories found in it, once you use it: vivim models use ${name} --for memories`,
      );
    });
}

function defineUse(models: Command, world: World): void {
  models
    .command('use')
    .summary('choose who makes your vectors, or who looks for memories')
    .description(
      'Chooses who makes your vectors: they are made anew in the background, and until they are all there the old ones answer. Or who looks for memories beside the rules: what you wrote is read in the background, each message once.',
    )
    .argument('[name]', 'a service')
    .addOption(purposeOption())
    .option('--built-in', 'the embedder of this server, or for memories the rules alone: nothing leaves it')
    .addHelpText(
      'after',
      '\nExamples:\n  vivim models use openai\n  vivim models use --built-in\n  vivim models use writer --for memories\n  vivim models use --built-in --for memories',
    )
    .action(async (name: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<PurposeOptions & { builtIn?: true }>();
      if ((name === undefined) === (options.builtIn === undefined))
        throw new CliError('usage', 'Name a service, or say --built-in.');
      const service = name === undefined ? null : upstreamName(name);
      const { client } = await connectWithKey(world, options);
      if (options.for === 'memories')
        return show(world, options, await client.chooseMemoryModel({ body: { service } }), memoryWords);
      const choice = await client.chooseEmbedder({ body: { service } });
      show(world, options, choice, choiceWords);
    });
}

function agreedWords({ agreedAt }: ModelService): string {
  const said = Object.entries(purposes).flatMap(([word, purpose]) => {
    const since = agreedAt[purpose];
    return since === null ? [] : [`${word} agreed to on ${day(since)}`];
  });
  return said.length === 0 ? 'not agreed to' : said.join(', ');
}

const rowOf = (one: ModelService): string[] => [
  one.name,
  one.kind,
  oneLine(one.model, 60),
  keyWords(one),
  one.dimensions !== null ? `${one.dimensions} numbers` : one.chatForm !== null ? 'answers' : 'not tested',
  agreedWords(one),
  `${one.thisMonth.tokens}${one.monthlyTokens === null ? '' : ` of ${one.monthlyTokens}`} tokens this month`,
  ...(one.price === null
    ? []
    : [`cost ${one.thisMonth.cost.toFixed(2)}${one.monthlyCost === null ? '' : ` of ${one.monthlyCost}`}`]),
  oneLine(one.baseUrl, 80),
];

function choiceWords({ answering, chosen, waiting }: ModelServiceList['embedder']): string {
  const now = `Your vectors are made by ${answering ?? builtIn}.`;
  return answering === chosen
    ? now
    : `${now} ${chosen ?? builtIn} takes over when ${count(waiting, 'conversation')} more ${waiting === 1 ? 'has' : 'have'} its vectors.`;
}

function memoryWords({ service, waiting, ...figures }: MemoryModel): string {
  if (service === null) return 'Memories are looked for by rules alone.';
  const { answers, invalid, proposed, kept, known, unproven, malformed } = figures;
  const said =
    answers === 0
      ? ''
      : ` Of ${count(proposed, 'proposal')} in ${count(answers, 'answer')} ${kept} kept, ${known} known, ${unproven} not proven, ${malformed} of another shape; ${count(invalid, 'answer')} could not be read.`;
  const left = waiting === 0 ? '' : ` ${count(waiting, 'conversation')} to read.`;
  return `Memories are looked for by rules and ${service}.${left}${said}`;
}

const listing = ({ items, embedder, memories }: ModelServiceList): string =>
  [...(items.length === 0 ? [] : [table(items.map(rowOf)), '']), choiceWords(embedder), memoryWords(memories)].join(
    '\n',
  );

const callRow = (call: ModelCall): string[] => [
  call.at.slice(0, 19).replace('T', ' '),
  call.service,
  oneLine(call.host, 60),
  oneLine(call.model, 60),
  call.purpose,
  count(call.texts, 'text'),
  count(call.characters, 'character'),
  count(call.tokens, 'token'),
  ...(call.cost === null ? [] : [`cost ${call.cost.toFixed(4)}`]),
  call.outcome,
];
