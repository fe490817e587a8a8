/** `vivim tokens`: narrow, short-lived tokens for scripts. They are listed and ended as what they are, sessions. */
import { type GrantableScope, grantableScopes } from '@vivim/contract/identity';
import { uuidv7 } from '@vivim/contract/random';
import { sealName } from '@vivim/contract/sealing';
import { maxTokenDays, type NewToken } from '@vivim/contract/sessions';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { nameKeyFor } from '../identity/names.ts';
import { settleDevice } from '../identity/settle.ts';
import { print, say } from '../output/speak.ts';
import { moment } from '../output/when.ts';
import { connectWithKey } from '../session/connect.ts';
import type { KeyConnection } from '../session/connection.ts';
import type { GlobalOptions, World } from '../world.ts';
import { givenName, wholeNumber } from './options.ts';

interface TokenOptions extends GlobalOptions {
  readonly scope: readonly GrantableScope[];
  readonly days: number;
  readonly name?: string;
  readonly network?: string;
}

export function defineTokens(program: Command, world: World): void {
  program
    .command('tokens')
    .summary('make a token for a script')
    .description('Tokens for scripts. `vivim sessions` lists them; `vivim sessions end ID` ends one.')
    .command('create')
    .description('Makes a token and prints it, this once. The server keeps its hash alone.')
    .addOption(
      new Option('--scope <scope>', `what it may do; again for more (${grantableScopes.join(', ')})`)
        .argParser(scopeList)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--days <number>', 'how long it works').argParser(wholeNumber(1, maxTokenDays)).makeOptionMandatory(),
    )
    .addOption(new Option('--name <name>', 'what to call it; sealed').argParser(givenName))
    .option('--network <prefix>', 'works only from these addresses (192.0.2.0/24)')
    .addHelpText(
      'after',
      '\nExamples:\n  vivim tokens create --scope memory:read --days 30 --name "nightly report"\n  VIVIM_TOKEN=$(vivim tokens create --scope memory:read --days 1) vivim search lisbon',
    )
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<TokenOptions>();
      const token = await createToken(world, await connectWithKey(world, options), options);
      if (options.json) return print(world, JSON.stringify({ ...token, scopes: options.scope }));
      print(world, token.token);
      say(
        world,
        `This is shown once. It works until ${moment(token.expiresAt)}; end it with: vivim sessions end ${token.sessionId}`,
      );
    });
}

function scopeList(text: string, before: readonly GrantableScope[] = []): GrantableScope[] {
  const scope = grantableScopes.find((each) => each === text);
  if (scope === undefined) throw new InvalidArgumentError(`Give one of ${grantableScopes.join(', ')}.`);
  return [...new Set([...before, scope])];
}

async function createToken(
  world: World,
  connection: KeyConnection,
  { scope, days, name, network }: TokenOptions,
): Promise<NewToken> {
  const id = uuidv7(world.clock());
  if (name !== undefined) await settleDevice(world, connection);
  const sealed = name === undefined ? {} : { nameCt: await sealName(await nameKeyFor(connection), name, id) };
  return connection.client.createToken({
    body: { scopes: [...scope], days, id, ...sealed, ...(network === undefined ? {} : { network }) },
  });
}
