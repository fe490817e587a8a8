/** Letting a device in, on a device that is: the six words compared, then both its keys signed into the log. */
import type { Client } from '@vivim/client/client';
import { type Device, type DeviceRequest, deviceClaim, deviceStatement } from '@vivim/contract/devices';
import { keyPriority } from '@vivim/contract/key-log-bytes';
import { signedBytes, signedTags } from '@vivim/contract/signed-object';
import { confirm } from '../ask/ask.ts';
import { CliError } from '../cli-error.ts';
import { say } from '../output/speak.ts';
import { signBytes } from '../profile/identity-key.ts';
import { sealingLoggedKey } from '../profile/sealing-key.ts';
import type { KeyConnection } from '../session/connection.ts';
import type { World } from '../world.ts';
import { assertSameWords, sixWords } from './comparing.ts';
import { keyOfDid } from './public-key.ts';
import { addEntry, deviceSigner } from './sign-entry.ts';

export type ShownRequest = DeviceRequest & { readonly words: string };

export async function requestsOf(client: Client): Promise<ShownRequest[]> {
  const { items } = await client.listDeviceRequests({});
  return Promise.all(items.map(async (each) => ({ ...each, words: await sixWords(deviceClaim(each)) })));
}

/** @throws CliError `not_there` */
async function findRequest(client: Client, id: string): Promise<ShownRequest> {
  const request = (await requestsOf(client)).find((each) => each.id === id);
  if (request === undefined)
    throw new CliError('not_there', `No request ${id} waits; list those that do with: vivim devices requests`);
  return request;
}

/**
 * @param words as the new device shows them; undefined asks
 * @throws CliError `refused` when they differ, `not_there`
 */
export async function approveRequest(
  world: World,
  connection: KeyConnection,
  id: string,
  words: string | undefined,
): Promise<Device> {
  const { client, profile } = connection;
  const request = await findRequest(client, id);
  if (words !== undefined) assertSameWords(request.words, words);
  else {
    say(world, `The new device (${request.platform}) must show these six words:\n\n    ${request.words}\n`);
    const same = await confirm(world, 'Does it?', 'Give the six words the new device shows with --words.');
    if (!same)
      throw new CliError('refused', `Nothing was let in. Keep it out for good with: vivim devices refuse ${id}`);
  }
  const { kid, alg, publicKey } = keyOfDid(request.did);
  const keys = [
    { kid, alg, publicKey, purpose: 'device-auth', priority: keyPriority.added } as const,
    await sealingLoggedKey(request.encKey),
  ];
  const signer = await deviceSigner(profile.identityKey);
  const statement = signBytes(profile.identityKey, signedBytes(signedTags.device, deviceStatement(request)));
  return addEntry(
    client,
    () => ({ change: { op: 'add', keys, deviceId: request.deviceId }, signer }),
    (entry) => client.approveDevice({ params: { id }, body: { entry, statement } }),
  );
}

export async function refuseRequest(client: Client, id: string): Promise<void> {
  await findRequest(client, id);
  await client.refuseDevice({ params: { id } });
}
