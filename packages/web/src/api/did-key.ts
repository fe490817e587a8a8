/**
 * How an Ed25519 public key is named. Public halves only: no private key ever passes through here.
 *
 * @see https://w3c-ccg.github.io/did-key-spec/ and RFC 7638 with RFC 8037 section 2
 */
import { base58, base64urlnopad } from '@scure/base';

/** The multicodec of an Ed25519 public key, `0xed` as a varint. */
const ed25519Codec = [0xed, 0x01];

/** `did:key:z…` of a raw 32-byte Ed25519 public key. */
export function didKey(publicKey: Uint8Array): string {
  return `did:key:z${base58.encode(Uint8Array.of(...ed25519Codec, ...publicKey))}`;
}

/** The only verification method of a did:key: its own name as the fragment. */
export function verificationMethod(did: string): string {
  return `${did}#${did.slice('did:key:'.length)}`;
}

/** RFC 7638 thumbprint of an Ed25519 public key: base64url of the SHA-256 of its canonical JWK, 43 characters. */
export async function thumbprint(publicKey: Uint8Array): Promise<string> {
  const canonical = `{"crv":"Ed25519","kty":"OKP","x":"${base64urlnopad.encode(publicKey)}"}`;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical));
  return base64urlnopad.encode(new Uint8Array(digest));
}
