/**
 * Handing the key of a sealed space in: opened from a wrap by a key of this browser, by a passkey or by the words on paper, and
 * in this page for no longer than that. One at a time, whoever asks.
 */
import { encodeBase64url } from '@vivim/contract/base64url';
import { AppError } from '@vivim/contract/errors';
import type { RecoveryKey } from '@vivim/contract/recovery-key';
import { openSpaceKey, type SealingPair } from '@vivim/contract/sealing';
import { currentIdentity } from './current-identity.ts';
import { plainApi } from './plain-client.ts';
import { queryClient } from './query-client.ts';
import { loggedSealingKey } from './sealing-keys.ts';
import { resumeSpaceEvents } from './space-events.ts';

/** True while this page shows that the space is locked instead of opening it by itself. */
export const spaceLockedKey = ['space-locked'] as const;

/** What a page opens the space with. @throws AppError `space_sealed` where nothing is sealed to it */
export type SpaceOpener = (act: (key: string) => Promise<unknown>) => Promise<void>;

const openerBy =
  (pairOf: () => Promise<{ readonly kid: string; readonly pair: SealingPair } | null>): SpaceOpener =>
  async (act) => {
    const opener = await pairOf();
    const wrap =
      opener === null ? undefined : (await plainApi.listSpaceKeyWraps({})).items.find(({ kid }) => kid === opener.kid);
    if (opener === null || wrap === undefined) throw new AppError('space_sealed');
    const key = await openSpaceKey(wrap.sealed, opener.pair, opener.kid);
    try {
      await act(encodeBase64url(key));
    } finally {
      key.fill(0);
    }
  };

export const byBrowser: SpaceOpener = openerBy(async () => {
  const [me, keys] = await Promise.all([plainApi.getMe({}), plainApi.listKeys({})]);
  const pair = (await currentIdentity(me, keys.items))?.identity.sealing;
  return pair === undefined ? null : { kid: (await loggedSealingKey(pair)).kid, pair };
});

/** Asks for a passkey; also freshens the session. */
export const byPasskey: SpaceOpener = openerBy(async () => {
  const { freshenByPasskey } = await import('./passkey-session.ts');
  const { sealing } = await freshenByPasskey();
  return sealing === null ? null : { kid: (await loggedSealingKey(sealing, 'passkey-enc')).kid, pair: sealing };
});

export const byWords = ({ seal }: RecoveryKey): SpaceOpener =>
  openerBy(async () => ({ kid: seal.kid, pair: seal.pair }));

/** @throws AppError `space_sealed` where nothing is sealed to this opener, `space_key_wrong` */
export async function unlockSpace(open: SpaceOpener): Promise<void> {
  await open((key) => plainApi.unlockSpace({ body: { key } }));
  const wasShut = queryClient.getQueryData(spaceLockedKey) === true;
  queryClient.setQueryData(spaceLockedKey, false);
  resumeSpaceEvents();
  // What was refused meanwhile is asked again.
  if (wasShut) await queryClient.invalidateQueries();
}

let underWay: Promise<void> | null = null;

async function unlockUnseen(): Promise<void> {
  // Its owner locked it in this page, or this browser opens nothing: then they are asked.
  if (queryClient.getQueryData(spaceLockedKey) === true) throw new AppError('space_sealed');
  try {
    await unlockSpace(byBrowser);
  } catch (error) {
    if (error instanceof AppError) queryClient.setQueryData(spaceLockedKey, true);
    throw error;
  }
}

/** Without asking anybody, by this browser's own key. @throws AppError `space_sealed` where it opens nothing */
export function unlockByItself(): Promise<void> {
  underWay ??= unlockUnseen().finally(() => {
    underWay = null;
  });
  return underWay;
}
