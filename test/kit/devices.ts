/** A second device of a person: it asks, one that is in lets it in, it signs in. */
import { type DeviceApproval, type DeviceRequest, deviceStatement } from '@vivim/contract/devices';
import { signedTags } from '@vivim/contract/signed-object';
import { loggedKey, newSealingKey, nextEntry, type SealingTestKey, signObject } from './keyring.ts';
import { type IdentityKey, newIdentity } from './proofs.ts';
import { type SignedIn, type Site, send, signedAttempt, signIn } from './sign-in.ts';
import type { TestGateway } from './test-gateway.ts';

export interface AskingDevice {
  readonly requestId: string;
  readonly identity: IdentityKey;
  readonly enc: SealingTestKey;
}

/** A new device asks an account to let it in. */
export async function askForDevice(gateway: Site, account: string): Promise<AskingDevice> {
  const identity = newIdentity();
  const enc = await newSealingKey();
  const proof = await signedAttempt(gateway, identity, 'device', identity.jkt);
  const json = { account, encKey: enc.encKey, platform: 'cli', proof };
  const { status, body } = await send(gateway, 'POST', '/v1/devices/requests', { json });
  if (status !== 201) throw new Error(`asking answered ${status} ${JSON.stringify(body)}`);
  return { requestId: String(body.id), identity, enc };
}

/** What the device that is in signs to let another one in. */
export async function approvalOf(
  person: SignedIn,
  { requestId, identity, enc }: AskingDevice,
): Promise<DeviceApproval> {
  const { body } = await person.send('GET', '/v1/devices/requests');
  const request = (body.items as DeviceRequest[]).find(({ id }) => id === requestId);
  if (request === undefined) throw new Error('the account does not see the request');
  const { deviceId } = request;
  return {
    entry: await nextEntry(person, { op: 'add', keys: [loggedKey(identity), enc.logged], deviceId }),
    statement: signObject(person.identity, signedTags.device, deviceStatement(request)),
  };
}

export interface SecondDevice extends SignedIn {
  readonly deviceId: string;
  /** Its keys in the log. */
  readonly kids: readonly string[];
}

/** A second device of the person, let in and signed in. */
export async function addDevice(gateway: TestGateway, person: SignedIn): Promise<SecondDevice> {
  const device = await askForDevice(gateway, person.identity.did);
  const json = await approvalOf(person, device);
  const { status, body } = await person.send('POST', `/v1/devices/requests/${device.requestId}/approval`, { json });
  if (status !== 200) throw new Error(`approving answered ${status} ${JSON.stringify(body)}`);
  const session = await signIn(gateway, device.identity);
  return { ...session, deviceId: String(body.id), kids: [device.identity.jkt, device.enc.logged.kid] };
}

/** Shuts a device out. */
export async function revokeDevice(person: SignedIn, { deviceId, kids }: SecondDevice) {
  const entry = await nextEntry(person, { op: 'revoke', kids: [...kids] });
  return person.send('DELETE', `/v1/devices/${deviceId}`, { json: { entry } });
}
