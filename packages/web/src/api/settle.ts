/**
 * What a browser owes its owner after signing in: a log that begins with their key, a key of its own that opens the space's,
 * and a name for the device that only they read. Every step is taken where it is missing, so that one lost on the way is
 * made good the next time.
 */
import type { KeyInfo, Me } from '@vivim/contract/account';
import { encodeBase64url } from '@vivim/contract/base64url';
import type { Device } from '@vivim/contract/devices';
import type { LoggedKey } from '@vivim/contract/key-log';
import { keyPriority } from '@vivim/contract/key-log-bytes';
import { uuidv7 } from '@vivim/contract/random';
import { type SealingKey, sealName } from '@vivim/contract/sealing';
import { api } from './client.ts';
import { type CurrentIdentity, currentIdentity } from './current-identity.ts';
import { type BrowserIdentity, noteIdentity } from './identity-store.ts';
import { appendEntry } from './key-log.ts';
import { keepNameKey, keptNameKey } from './name-key-store.ts';
import { loggedSealingKey, makeSealingPair } from './sealing-keys.ts';
import { browserSigner, type Signer } from './signer.ts';
import { openNameKey } from './space-key.ts';

export interface Settled {
  /** Reads and writes names; null where this browser opens nothing yet. */
  readonly nameKey: SealingKey | null;
  /** Whether this browser is a device of its own, or came in by a passkey and is none. */
  readonly device: boolean;
  /** Whether the device got its name just now: lists were read without it. */
  readonly named: boolean;
}

/** Entry 1 of an account that is older than the log: its own key, signing for itself. */
async function beginLog({ identity, key }: CurrentIdentity, signer: Signer): Promise<void> {
  const { head } = await api.getKeyLog({});
  if (head.seq > 0) return;
  const first: LoggedKey = {
    kid: key.kid,
    alg: 'Ed25519',
    publicKey: encodeBase64url(identity.publicKey),
    purpose: 'rotation',
    priority: keyPriority.first,
  };
  await appendEntry({ op: 'add', keys: [first], deviceId: key.deviceId ?? uuidv7() }, signer);
}

/** The pair that opens, kept before the server hears of it. Null where the browser makes none. */
async function withSealing(identity: BrowserIdentity): Promise<Required<Pick<BrowserIdentity, 'sealing'>> | null> {
  if (identity.sealing !== undefined) return { sealing: identity.sealing };
  const sealing = await makeSealingPair();
  if (sealing === null) return null;
  await noteIdentity(identity, { sealing });
  return { sealing };
}

/** The opening half of this browser in the log, in the place of one that was lost. */
async function logSealingKey(key: LoggedKey, device: Device, keys: readonly KeyInfo[], signer: Signer): Promise<void> {
  if (keys.some(({ kid }) => kid === key.kid)) return;
  if (device.encKid !== null) await appendEntry({ op: 'revoke', kids: [device.encKid] }, signer);
  await appendEntry({ op: 'add', keys: [key], deviceId: device.id }, signer);
}

async function settleDevice(me: Me, current: CurrentIdentity): Promise<Pick<Settled, 'nameKey' | 'named'>> {
  const { identity, key } = current;
  const signer = await browserSigner(identity, key.priority);
  if (identity.userId !== me.userId) await noteIdentity(identity, { userId: me.userId });
  if (key.deviceId === null) await beginLog(current, signer);
  const [kept, { items: devices }, { items: keys }] = await Promise.all([
    keptNameKey(me.userId),
    api.listDevices({}),
    api.listKeys({}),
  ]);
  const device = devices.find(({ authKid }) => authKid === key.kid);
  const own = await withSealing(identity);
  if (device === undefined || own === null) return { nameKey: kept, named: false };
  const sealing = await loggedSealingKey(own.sealing);
  await logSealingKey(sealing, device, keys, signer);
  const nameKey = kept ?? (await openNameKey(own.sealing, sealing.kid));
  if (nameKey === null) return { nameKey, named: false };
  if (kept === null) await keepNameKey(me.userId, nameKey);
  const named = device.nameCt === null;
  if (named) {
    const nameCt = await sealName(nameKey, identity.name, device.id);
    await api.updateDevice({ params: { id: device.id }, body: { nameCt } });
  }
  return { nameKey, named };
}

/** @throws AppError and TypeError as the network has them; nothing is half done that the next time does not finish */
export async function settleBrowser(me: Me): Promise<Settled> {
  const current = await currentIdentity(me, (await api.listKeys({})).items);
  return current === null
    ? { nameKey: await keptNameKey(me.userId), device: false, named: false }
    : { ...(await settleDevice(me, current)), device: true };
}
