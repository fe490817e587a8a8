/** Making a passkey one of a person's keys: what signs in, and where the authenticator can, what opens the space. */
import type { LoggedKey } from '@vivim/contract/key-log';
import type { Passkey } from '@vivim/contract/passkeys';
import { type SealingKey, sealName } from '@vivim/contract/sealing';
import { strings } from '../strings.ts';
import { api } from './client.ts';
import { currentSigner } from './current-signer.ts';
import { appendEntry, sendEntry } from './key-log.ts';
import { makePasskey } from './passkey-ceremony.ts';
import { loggedPasskeyKey } from './passkey-key.ts';
import { loggedSealingKey } from './sealing-keys.ts';

/** @throws Error in words when none was made, or its key is of a kind nobody here takes */
export async function addPasskey(name: string, nameKey: SealingKey | null): Promise<Passkey> {
  const signer = await currentSigner();
  const { challengeId, options } = await api.passkeyRegistrationOptions({});
  const { response, publicKey, sealing } = await makePasskey(options);
  const key = await loggedPasskeyKey(publicKey);
  if (key === null) throw new Error(strings.passkeys.unreadable);
  const keys: LoggedKey[] = sealing === null ? [key] : [key, await loggedSealingKey(sealing, 'passkey-enc')];
  const named = nameKey === null ? {} : { nameCt: await sealName(nameKey, name, response.id) };
  return sendEntry({ op: 'add', keys }, signer, (entry) =>
    api.registerPasskey({ body: { challengeId, response, entry, ...named } }),
  );
}

export async function removePasskey({ kid, encKid }: Passkey): Promise<void> {
  const kids = encKid === null ? [kid] : [kid, encKid];
  await appendEntry({ op: 'revoke', kids }, await currentSigner());
}
