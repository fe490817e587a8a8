/** `vivim devices`: what signs in as you, under names only you can read; letting another one in, and shutting one out. */
import type { Device } from '@vivim/contract/devices';
import type { Command } from 'commander';
import { confirm } from '../ask/ask.ts';
import { CliError } from '../cli-error.ts';
import { approveRequest, refuseRequest, requestsOf, type ShownRequest } from '../identity/let-in.ts';
import { nameReader } from '../identity/names.ts';
import { nameDevice, settleDevice } from '../identity/settle.ts';
import { shutOut } from '../identity/shut-out.ts';
import { show } from '../output/speak.ts';
import { plain, table } from '../output/text.ts';
import { moment } from '../output/when.ts';
import { connect, connectWithKey } from '../session/connect.ts';
import type { KeyConnection } from '../session/connection.ts';
import { tokenAsked } from '../session/token.ts';
import type { GlobalOptions, World } from '../world.ts';
import { defineJoin } from './devices-join.ts';
import { givenName } from './options.ts';

type NamedDevice = Omit<Device, 'nameCt'> & { readonly name: string | null };

export function defineDevices(program: Command, world: World): void {
  const devices = program
    .command('devices')
    .summary('list your devices, let one in, shut one out')
    .description('Lists your devices. Their names are sealed: the server keeps them and cannot read them.')
    .addHelpText(
      'after',
      '\nExamples:\n  vivim devices\n  vivim devices join --account did:key:z6Mk… --profile alice   on the new machine\n  vivim devices approve 0199…                                  on one that is in\n  vivim devices revoke 0199…',
    )
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      show(world, options, { items: await namedDevices(world, options) }, ({ items }) => deviceTable(items));
    });

  devices
    .command('rename')
    .description('Gives a device another name.')
    .argument('<id>', 'id of a device')
    .argument('<name>', 'its new name', givenName)
    .action(async (id: string, name: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const connection = await connectWithKey(world, options);
      await settleDevice(world, connection);
      const device = await nameDevice(connection, await findDevice(connection, id), name);
      show(world, options, await named(connection, device), (each) => deviceTable([each]));
    });

  devices
    .command('revoke')
    .description('Shuts a device out: its keys, its sessions within a second, and what was sealed to it.')
    .argument('<id>', 'id of a device')
    .option('--yes', 'do not ask before shutting out the device this is')
    .addHelpText(
      'after',
      '\nA device cannot shut out a stronger one, such as the first. Then the 24 words of the recovery key are asked for,\nor read from standard input.',
    )
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { yes?: true }>();
      const connection = await connectWithKey(world, options);
      const device = await findDevice(connection, id);
      if (device.current && !options.yes) await assertMeant(world);
      await shutOut(world, connection, device);
      show(world, options, { id, revoked: true }, () => 'The device is shut out.');
    });

  devices
    .command('requests')
    .description('Lists devices that ask to be let in, each with the six words it should be showing.')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      show(world, options, { items: await requestsOf(client) }, ({ items }) => requestTable(items));
    });

  devices
    .command('approve')
    .description('Lets a device in, after you have seen that it shows the same six words.')
    .argument('<id>', 'id of a request')
    .option('--words <six words>', 'the words the new device shows, instead of being asked')
    .addHelpText(
      'after',
      '\nExamples:\n  vivim devices approve 0199…\n  vivim devices approve 0199… --words "tower plunge fiscal acid robot dune"\n\nOther words than these mean that somebody stands in between: refuse.',
    )
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { words?: string }>();
      const connection = await connectWithKey(world, options);
      const device = await approveRequest(world, connection, id, options.words);
      show(world, options, await named(connection, device), ({ id: let_in }) => `Device ${let_in} is in.`);
    });

  devices
    .command('refuse')
    .description('Keeps a device out.')
    .argument('<id>', 'id of a request')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      await refuseRequest((await connectWithKey(world, options)).client, id);
      show(world, options, { id, refused: true }, () => 'The device stays out.');
    });

  defineJoin(devices, world);
}

/** A token that may look sees devices without their names. */
async function namedDevices(world: World, options: GlobalOptions): Promise<NamedDevice[]> {
  if (tokenAsked(world, options) !== null) {
    const { items } = await (await connect(world, options)).client.listDevices({});
    return items.map(({ nameCt: _, ...device }) => ({ ...device, name: null }));
  }
  const connection = await connectWithKey(world, options);
  await settleDevice(world, connection);
  const { items } = await connection.client.listDevices({});
  const nameOf = await nameReader(connection);
  return Promise.all(
    items.map(async (device) => {
      const { nameCt: _, ...rest } = device;
      return { ...rest, name: await nameOf(device) };
    }),
  );
}

async function named(connection: KeyConnection, device: Device): Promise<NamedDevice> {
  const nameOf = await nameReader(connection);
  const { nameCt: _, ...rest } = device;
  return { ...rest, name: await nameOf(device) };
}

/** @throws CliError `not_there` */
async function findDevice({ client }: KeyConnection, id: string): Promise<Device> {
  const { items } = await client.listDevices({});
  const device = items.find((each) => each.id === id);
  if (device === undefined) throw new CliError('not_there', `There is no device ${id}; list them with: vivim devices`);
  return device;
}

async function assertMeant(world: World): Promise<void> {
  const meant = await confirm(
    world,
    'This shuts out the device you are on; its profile opens nothing afterwards. Go on?',
    'This is the device you are on; say that you mean it with --yes.',
  );
  if (!meant) throw new CliError('refused', 'Nothing was changed.');
}

const deviceTable = (items: readonly NamedDevice[]): string =>
  table(
    items.map(({ id, name, platform, current, createdAt, lastSeenAt, lastNetwork }) => [
      current ? '*' : ' ',
      plain(name ?? '(no name)'),
      platform,
      `seen ${moment(lastSeenAt ?? createdAt)}`,
      lastNetwork ?? '',
      id,
    ]),
  );

const requestTable = (items: readonly ShownRequest[]): string =>
  items.length === 0
    ? 'No device asks to be let in.'
    : table(items.map(({ id, platform, expiresAt, words }) => [id, platform, `until ${moment(expiresAt)}`, words]));
