/**
 * Sealing to a public key: HPKE base mode (RFC 9180; X25519, HKDF-SHA256, AES-256-GCM), and the names only the holder of a
 * space's key reads. Runs in Node and in browsers; private keys stay wherever they are.
 */
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import { randomBytes } from './random.ts';
import type { Sealed } from './sealed.ts';

/** A WebCrypto key, by whichever runtime's types. */
export type SealingKey = Parameters<typeof crypto.subtle.encrypt>[1];
export interface SealingPair {
  readonly publicKey: SealingKey;
  readonly privateKey: SealingKey;
}

/** Fetched when something is first sealed or opened: many a page that knows of keys never does either. */
async function loadSuite() {
  const { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } = await import('@hpke/core');
  return new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
}
let loading: ReturnType<typeof loadSuite> | undefined;
const getSuite = () => {
  loading ??= loadSuite();
  return loading;
};

const text = new TextEncoder();
const spaceKeyInfo = text.encode('vivim/dek/1');
const nonceLength = 12;

/** The raw 32-byte public half. */
export async function sealingPublicKey(pair: SealingPair): Promise<Uint8Array> {
  const { kem } = await getSuite();
  return new Uint8Array(await kem.serializePublicKey(pair.publicKey));
}

/** A pair made from a secret both times the same: 32 bytes of a recovery key, or what a passkey's PRF gave. */
export async function sealingPairFrom(secret: Uint8Array<ArrayBuffer>): Promise<SealingPair> {
  const { kem } = await getSuite();
  return kem.deriveKeyPair(secret.buffer.slice(secret.byteOffset, secret.byteOffset + secret.byteLength));
}

/**
 * Seals a space's key, bound to the name of the key it is for.
 *
 * @param recipient raw X25519 public key
 */
export async function sealSpaceKey(spaceKey: Uint8Array, recipient: Uint8Array, kid: string): Promise<Sealed> {
  const suite = await getSuite();
  const sender = await suite.createSenderContext({
    recipientPublicKey: await suite.kem.deserializePublicKey(Uint8Array.from(recipient)),
    info: spaceKeyInfo,
  });
  const ciphertext = await sender.seal(Uint8Array.from(spaceKey), text.encode(kid));
  return { enc: encodeBase64url(new Uint8Array(sender.enc)), ciphertext: encodeBase64url(new Uint8Array(ciphertext)) };
}

/** @throws Error when the wrap was made for another key, or altered */
export async function openSpaceKey(sealed: Sealed, pair: SealingPair, kid: string): Promise<Uint8Array<ArrayBuffer>> {
  const suite = await getSuite();
  const recipient = await suite.createRecipientContext({
    recipientKey: pair,
    enc: decodeBase64url(sealed.enc),
    info: spaceKeyInfo,
  });
  return new Uint8Array(await recipient.open(decodeBase64url(sealed.ciphertext), text.encode(kid)));
}

/** The key of names, made from the space's key so that whoever opens one wrap reads every name. */
export async function nameKeyOf(spaceKey: Uint8Array<ArrayBuffer>): Promise<SealingKey> {
  const material = await crypto.subtle.importKey('raw', spaceKey, 'HKDF', false, ['deriveKey']);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: text.encode('vivim/names/1') };
  return crypto.subtle.deriveKey(hkdf, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** @param id of what is named, so that one name cannot be laid over another */
export async function sealName(nameKey: SealingKey, name: string, id: string): Promise<string> {
  const iv = randomBytes(nonceLength);
  const algorithm = { name: 'AES-GCM', iv, additionalData: text.encode(id) };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm, nameKey, text.encode(name)));
  return encodeBase64url(Uint8Array.of(...iv, ...sealed));
}

/** Null where this key does not open it. */
export async function openName(nameKey: SealingKey, ciphertext: string, id: string): Promise<string | null> {
  const bytes = decodeBase64url(ciphertext);
  const algorithm = { name: 'AES-GCM', iv: bytes.slice(0, nonceLength), additionalData: text.encode(id) };
  return crypto.subtle.decrypt(algorithm, nameKey, bytes.slice(nonceLength)).then(
    (plain) => new TextDecoder().decode(plain),
    () => null,
  );
}
