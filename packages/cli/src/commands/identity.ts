/** `vivim identity`: make a key, register it, and say who it is. Never prints a private key. */
import type { KeyInfo, Me } from '@vivim/contract/account';
import type { Command } from 'commander';
import { createIdentity } from '../identity/create-identity.ts';
import { nameReader } from '../identity/names.ts';
import { settleDevice } from '../identity/settle.ts';
import { keyTable, safetyText, waysInText } from '../output/access-text.ts';
import { print, show } from '../output/speak.ts';
import { plain } from '../output/text.ts';
import { profilePath } from '../profile/profile.ts';
import type { Profile } from '../profile/profile-shape.ts';
import { connectWithKey, requireProfile } from '../session/connect.ts';
import type { KeyConnection } from '../session/connection.ts';
import type { GlobalOptions, World } from '../world.ts';
import { deviceNameOption } from './options.ts';

export function defineIdentity(program: Command, world: World): void {
  const identity = program
    .command('identity')
    .summary('make an identity, show it')
    .description('Your identity is a key on this machine; the server only knows its public half.');

  identity
    .command('create')
    .description('Makes a key, registers it with the server and signs in. The server makes your space.')
    .addOption(deviceNameOption())
    .addHelpText(
      'after',
      '\nExamples:\n  vivim identity create --profile alice --server http://localhost:7717\n  vivim identity create --name "work laptop"\n\nThe key lies in ~/.config/vivim/profiles/NAME.json. Whoever has it is you.\nThe name of the device is sealed: the server keeps it and cannot read it.',
    )
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { name?: string }>();
      const connection = await createIdentity(world, options, options.name);
      show(world, options, await identityOf(world, connection), createdText);
    });

  identity
    .command('show')
    .description(
      'Shows who you are on the server: your DIDs, this device, your keys, and whether losing one loses you.',
    )
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      show(world, options, await identityOf(world, await connectWithKey(world, options)), shownText);
    });

  identity
    .command('did')
    .description('Prints the DID of the account, and nothing else. Asks no server.')
    .addHelpText('after', '\nExample:\n  vivim devices join --account "$(vivim identity did)" --profile second')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { account: did } = (await requireProfile(world, options)).profile;
      if (options.json) show(world, options, { did }, () => did);
      else print(world, did);
    });
}

/** What of a profile may be seen. */
export const publicPart = (world: World, name: string, { server, account, session }: Profile) => ({
  profile: name,
  server,
  did: account,
  userId: session?.userId ?? null,
  file: profilePath(world.environment.configDirectory, name),
});

export interface Identity extends ReturnType<typeof publicPart> {
  readonly dids: readonly string[];
  readonly device: { readonly id: string; readonly name: string | null };
  readonly access: Me['access'];
  readonly keys: readonly KeyInfo[];
}

/** All that is to be shown of who somebody is. */
export async function identityOf(world: World, connection: KeyConnection): Promise<Identity> {
  const { client, name, profile } = connection;
  const device = await settleDevice(world, connection);
  const [me, { items: keys }, nameOf] = await Promise.all([
    client.getMe({}),
    client.listKeys({}),
    nameReader(connection),
  ]);
  return {
    ...publicPart(world, name, profile),
    userId: me.userId,
    dids: me.dids,
    device: { id: device.id, name: await nameOf(device) },
    access: me.access,
    keys,
  };
}

const createdText = ({ did, server, file, device, access }: Identity): string =>
  [
    `You are ${did}`,
    `on ${server}; this device is called ${plain(device.name ?? 'nothing yet')}.`,
    `Your key lies in ${file}. Whoever has it is you.`,
    safetyText(access),
  ].join('\n');

export const enteredText = ({ did, server, file, device }: Identity): string =>
  [
    `You are in as ${did}`,
    `on ${server}; this device is called ${plain(device.name ?? 'nothing yet')}.`,
    `Its key lies in ${file}. Whoever has it is you.`,
  ].join('\n');

const shownText = ({ profile, server, file, dids, device, access, keys }: Identity): string =>
  [
    ...dids,
    `  profile ${profile}, server ${server}, key in ${file}`,
    `  this device: ${plain(device.name ?? 'without a name')} (${device.id})`,
    `  ways in: ${waysInText(access)}`,
    keyTable(keys, new Map()).replace(/^/gm, '  '),
    safetyText(access),
  ].join('\n');
