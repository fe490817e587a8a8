/** People who have what it takes to seal a space, and the key of it as their clients open it. */
import type { SpaceKeyWrap } from '@vivim/contract/sealed';
import { openSpaceKey } from '@vivim/contract/sealing';
import { appendChange, newRecoveryKey, newSealingKey, type RecoveryTestKey, type SealingTestKey } from './keyring.ts';
import type { Answer, SignedIn } from './sign-in.ts';

export interface Openers {
  readonly device: SealingTestKey;
  readonly paper: RecoveryTestKey;
}

async function must(answer: Promise<Answer>): Promise<Answer> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`it answered ${status} ${JSON.stringify(body)}`);
  return answer;
}

/** Gives a person a device's key that opens, and one on paper. */
export async function twoOpeners(person: SignedIn): Promise<Openers> {
  const [device, paper] = [await newSealingKey(), await newRecoveryKey()];
  await must(appendChange(person, { op: 'add', keys: [device.logged] }));
  await must(appendChange(person, { op: 'setRecovery', recovery: paper.named, guardians: null }));
  return { device, paper };
}

/** The space's key out of a wrap, base64url. Null where nothing is sealed to this key. */
export async function keyOpenedBy(person: SignedIn, { logged, pair }: SealingTestKey): Promise<string | null> {
  const { body } = await must(person.send('GET', '/v1/keys/wraps'));
  const wrap = (body.items as SpaceKeyWrap[]).find(({ kid }) => kid === logged.kid);
  if (wrap === undefined) return null;
  return Buffer.from(await openSpaceKey(wrap.sealed, pair, logged.kid)).toString('base64url');
}

/** Seals the person's space. @returns its key */
export async function sealedSpaceKey(person: SignedIn): Promise<string> {
  const { device } = await twoOpeners(person);
  const key = await keyOpenedBy(person, device);
  await must(person.send('POST', '/v1/space/seal'));
  if (key === null) throw new Error('nothing is sealed to the device');
  return key;
}
