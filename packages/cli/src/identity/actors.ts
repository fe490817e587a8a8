/** Who did what an account's log tells, as far as it can be told: devices and tokens by their names. */
import type { AccountEvent } from '@vivim/contract/account';
import { connectWithKey } from '../session/connect.ts';
import { tokenAsked } from '../session/token.ts';
import type { GlobalOptions, World } from '../world.ts';
import { nameReader } from './names.ts';

const always = [
  ['guest', 'somebody not signed in'],
  ['operator', 'the operator'],
] as const;

/** Names of the actors of events: sessions and keys. A session that ended long ago keeps none. */
export async function actorNames(
  world: World,
  options: GlobalOptions,
  events: readonly AccountEvent[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>(always);
  if (tokenAsked(world, options) !== null) return names;
  const connection = await connectWithKey(world, options);
  const { client } = connection;
  const [{ items: devices }, { items: keys }, { items: sessions }, nameOf] = await Promise.all([
    client.listDevices({}),
    client.listKeys({}),
    client.listSessions({}),
    nameReader(connection),
  ]);
  const ofDevice = new Map<string | null, string>();
  for (const device of devices) {
    const name = (await nameOf(device)) ?? device.platform;
    ofDevice.set(device.id, device.current ? `${name} (here)` : name);
  }
  for (const { kid, deviceId, purpose } of keys) {
    const name = purpose === 'recovery' ? 'the recovery key' : ofDevice.get(deviceId);
    if (name !== undefined) names.set(kid, name);
  }
  for (const session of sessions) {
    const name = (await nameOf(session)) ?? session.clientName ?? ofDevice.get(session.deviceId);
    if (name !== undefined) names.set(session.id, name);
  }
  // Sessions that are over, where the log still says which key opened them.
  for (const { event, actor, ref } of events) {
    const name = names.get(actor);
    if (event === 'session.opened' && ref !== null && name !== undefined && !names.has(ref)) names.set(ref, name);
  }
  return names;
}
