/** Entries of the key log signed by a passkey: a WebAuthn assertion whose challenge is the hash of the entry's bytes. */
import { encodeBase64url } from '@vivim/contract/base64url';
import { keyPriority } from '@vivim/contract/key-log-bytes';
import type { Passkey } from '@vivim/contract/passkeys';
import { askPasskey } from './passkey-ceremony.ts';
import type { Signer } from './signer.ts';

/** @param passkeys of the account; the person picks one of them */
export const passkeySigner = (passkeys: readonly Passkey[]): Signer => ({
  priority: keyPriority.added,
  async signEntry(bytes) {
    const challenge = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)));
    const { response } = await askPasskey({
      challenge: encodeBase64url(challenge),
      allowCredentials: passkeys.map(({ id }) => ({ id, type: 'public-key' })),
      userVerification: 'required',
    });
    const { authenticatorData, clientDataJSON, signature } = response.response;
    const kid = passkeys.find(({ id }) => id === response.id)?.kid;
    if (kid === undefined) throw new Error(`the passkey ${response.id} was not among those asked for`);
    return { signer: kid, signature: { authenticatorData, clientDataJSON, signature } };
  },
  bare: null,
});
