/** Whoever may sign for a person here: a key of this browser, the key on paper, or a passkey (passkey-signer.ts). */
import { encodeBase64url } from '@vivim/contract/base64url';
import type { SignedEntry } from '@vivim/contract/key-log';
import { keyPriority } from '@vivim/contract/key-log-bytes';
import type { RecoveryKey } from '@vivim/contract/recovery-key';
import { thumbprint } from './did-key.ts';
import type { BrowserIdentity } from './identity-store.ts';

/** Signs by itself, where a passkey only signs what a browser wraps around. */
export interface BareKey {
  /** RFC 7638 thumbprint. */
  readonly kid: string;
  /** @returns 64 bytes, base64url */
  readonly sign: (bytes: Uint8Array) => Promise<string>;
}

export interface Signer {
  /** Smaller is stronger. */
  readonly priority: number;
  /** Signs the bytes of a key-log entry, and says with which key. */
  readonly signEntry: (bytes: Uint8Array) => Promise<Pick<SignedEntry, 'signer' | 'signature'>>;
  /** Null for a passkey. */
  readonly bare: BareKey | null;
}

const bareSigner = (bare: BareKey, priority: number): Signer => ({
  priority,
  signEntry: async (bytes) => ({ signer: bare.kid, signature: await bare.sign(bytes) }),
  bare,
});

/** @returns 64 bytes, base64url */
export async function signWith(identity: BrowserIdentity, bytes: Uint8Array): Promise<string> {
  const signature = await crypto.subtle.sign('Ed25519', identity.privateKey, Uint8Array.from(bytes));
  return encodeBase64url(new Uint8Array(signature));
}

export const bareKeyOf = async (identity: BrowserIdentity): Promise<BareKey> => ({
  kid: await thumbprint(identity.publicKey),
  sign: (bytes) => signWith(identity, bytes),
});

export const browserSigner = async (identity: BrowserIdentity, priority: number): Promise<Signer> =>
  bareSigner(await bareKeyOf(identity), priority);

/** The strongest key there is. */
export const paperSigner = ({ sign }: RecoveryKey): Signer =>
  bareSigner({ kid: sign.kid, sign: sign.signBytes }, keyPriority.recovery);
