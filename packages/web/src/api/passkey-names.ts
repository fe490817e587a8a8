/** Names opened by a passkey: its PRF gives the pair the space's key was sealed to. */
import { keepNameKey } from './name-key-store.ts';
import type { Asked } from './passkey-ceremony.ts';
import { freshenByPasskey } from './passkey-session.ts';
import { loggedSealingKey } from './sealing-keys.ts';
import { openNameKey } from './space-key.ts';

/** Keeps the key of names for this session. False where the passkey opens nothing. */
export async function keepNames(userId: string, { sealing }: Asked): Promise<boolean> {
  if (sealing === null) return false;
  const { kid } = await loggedSealingKey(sealing, 'passkey-enc');
  const key = await openNameKey(sealing, kid);
  if (key !== null) await keepNameKey(userId, key);
  return key !== null;
}

/** Asks a passkey of the person who is signed in. False where it opens nothing. */
export const openNamesByPasskey = async (userId: string): Promise<boolean> =>
  keepNames(userId, await freshenByPasskey());
