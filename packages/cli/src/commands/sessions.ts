/** `vivim sessions`: everything that is signed in as you, browsers, programs, applications and tokens alike, and its end. */
import type { Client } from '@vivim/client/client';
import type { SessionInfo } from '@vivim/contract/sessions';
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { nameReader, type ReadName } from '../identity/names.ts';
import { show } from '../output/speak.ts';
import { count, plain, table } from '../output/text.ts';
import { moment } from '../output/when.ts';
import { changeProfile } from '../profile/profile.ts';
import { connect, connectWithKey } from '../session/connect.ts';
import type { KeyConnection } from '../session/connection.ts';
import { tokenAsked } from '../session/token.ts';
import type { GlobalOptions, World } from '../world.ts';

/** `name`: of the token, the application or the device. */
type NamedSession = Omit<SessionInfo, 'nameCt'> & { readonly name: string | null };

interface EndOptions extends GlobalOptions {
  readonly others?: true;
  readonly all?: true;
}

export function defineSessions(program: Command, world: World): void {
  const sessions = program
    .command('sessions')
    .summary('list what is signed in, end it')
    .description('Lists your open sessions, latest used first: browsers, programs, applications and tokens.')
    .addHelpText(
      'after',
      '\nExamples:\n  vivim sessions\n  vivim sessions end 0199…\n  vivim sessions end --others\n\nA session that was ended is shut out everywhere within a second. A device signs in again with its key;\nto shut out the device itself: vivim devices revoke ID',
    )
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      show(world, options, { items: await namedSessions(world, options) }, ({ items }) => sessionTable(items));
    });

  sessions
    .command('end')
    .description('Ends one session, a token among them, or many.')
    .argument('[id]', 'id of a session')
    .option('--others', 'end all but this one')
    .option('--all', 'end all, this one included')
    .action(async (id: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<EndOptions>();
      if ([id, options.others, options.all].filter((each) => each !== undefined).length !== 1)
        throw new CliError('usage', 'Say which: the id of one session, --others, or --all.');
      const connection = await connectWithKey(world, options);
      show(
        world,
        options,
        await end(world, connection, id, options),
        ({ ended }) => `Ended ${count(ended, 'session')}.`,
      );
    });
}

async function end(
  world: World,
  { client, name }: KeyConnection,
  id: string | undefined,
  { all }: EndOptions,
): Promise<{ ended: number }> {
  const { items } = await client.listSessions({});
  const current = items.find((each) => each.current)?.id;
  if (id === undefined) await client.endAllSessions({ query: all ? {} : { keepCurrent: 'true' } });
  else await client.revokeSession({ params: { id } });
  if (all || id === current)
    await changeProfile(world.environment.configDirectory, name, (profile) => ({ ...profile, session: null }));
  return { ended: id === undefined ? items.length - (all ? 0 : 1) : 1 };
}

/** A token that may look sees sessions without the names that are sealed. */
async function readerFor(world: World, options: GlobalOptions): Promise<{ client: Client; nameOf: ReadName }> {
  if (tokenAsked(world, options) !== null)
    return { client: (await connect(world, options)).client, nameOf: async () => null };
  const connection = await connectWithKey(world, options);
  return { client: connection.client, nameOf: await nameReader(connection) };
}

async function namedSessions(world: World, options: GlobalOptions): Promise<NamedSession[]> {
  const { client, nameOf } = await readerFor(world, options);
  const [{ items }, { items: devices }] = await Promise.all([client.listSessions({}), client.listDevices({})]);
  return Promise.all(
    items.map(async ({ nameCt, ...session }) => {
      const device = devices.find(({ id }) => id === session.deviceId);
      const own = await nameOf({ id: session.id, nameCt });
      return { ...session, name: own ?? session.clientName ?? (device === undefined ? null : await nameOf(device)) };
    }),
  );
}

const kinds = { cookie: 'browser', dpop: 'program', oauth: 'application', pat: 'token' } as const;

const sessionTable = (items: readonly NamedSession[]): string =>
  table(
    items.map(({ id, kind, name, platform, scopes, lastSeenAt, expiresAt, current }) => [
      current ? '*' : ' ',
      kinds[kind],
      plain(name ?? platform ?? '(no name)'),
      kind === 'pat' || kind === 'oauth' ? scopes.join(' ') : 'everything',
      `used ${moment(lastSeenAt)}`,
      `until ${moment(expiresAt)}`,
      id,
    ]),
  );
