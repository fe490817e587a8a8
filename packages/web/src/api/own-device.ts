/** A browser whose owner came in by a passkey becomes a device of its own: keys of its own, let in by the passkey's signature. */
import type { Me } from '@vivim/contract/account';
import { uuidv7 } from '@vivim/contract/random';
import { api } from './client.ts';
import { currentSigner } from './current-signer.ts';
import { withNewIdentity } from './identity-store.ts';
import { keysOf, openingKey } from './join.ts';
import { appendEntry } from './key-log.ts';
import { signIn } from './sign-in.ts';

/** Ends the passkey's session: from here on the browser signs in with the key it made. */
export async function becomeDevice(me: Me, name: string): Promise<void> {
  const signer = await currentSigner();
  const identity = await withNewIdentity(name, async (made) => {
    const keys = await keysOf(made.did, await openingKey(made));
    await appendEntry({ op: 'add', keys, deviceId: uuidv7() }, signer);
    return made;
  });
  // From here on the key is one of the account's, and stays whatever happens.
  await signIn(identity, 'login');
  await api.revokeSession({ params: { id: me.session.id } });
}
