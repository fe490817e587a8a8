/**
 * Which key of a DID document may sign in: one that its `authentication` lists, under its own DID. Pure; trusts nothing
 * in the document but that it came from the DID's own place.
 */
import { AppError } from '@vivim/contract/errors';
import { canonicalJson } from '@vivim/contract/signed-object';
import { z } from 'zod';
import { sha256 } from '../digest.ts';
import type { PublicKey } from '../keys/key-algorithms.ts';
import { readMultikey } from '../keys/multikey.ts';
import { readPublicJwk } from '../keys/public-jwk.ts';
import { makeSigningKey, type SigningKey } from './signing-key.ts';

/** More keys than this nobody signs in with; reading each costs a millisecond. */
const maxMethods = 32;

const Document = z.looseObject({
  id: z.string(),
  verificationMethod: z.array(z.unknown()).max(maxMethods).default([]),
  authentication: z.array(z.unknown()).max(maxMethods).default([]),
});

const Named = z.looseObject({ id: z.string() });

const Method = z.looseObject({
  id: z.string(),
  type: z.string(),
  controller: z.string(),
  publicKeyJwk: z.unknown().optional(),
  publicKeyMultibase: z.string().optional(),
});
type Method = z.infer<typeof Method>;

const fragment = /^#[A-Za-z0-9._~!$&'()*+,;=:@/?%-]{1,256}$/;

function refuse(detail: string): never {
  throw new AppError('key_not_authorized', detail);
}

function readKey({ type, publicKeyJwk, publicKeyMultibase }: Method): PublicKey {
  // JsonWebKey2020 is what JsonWebKey was called before; their members are the same.
  if (type === 'JsonWebKey' || type === 'JsonWebKey2020') return readPublicJwk(publicKeyJwk);
  if (type === 'Multikey') return readMultikey(publicKeyMultibase ?? '');
  throw new AppError('did_key_type_unsupported', 'Only keys written as Multikey or JsonWebKey can sign in here.');
}

/** A key badly written in a document is no fault of the DID. */
function readKeyOfDocument(method: Method): PublicKey {
  try {
    return readKey(method);
  } catch (error) {
    const ofSpelling = error instanceof AppError && ['did_malformed', 'did_not_canonical'].includes(error.code);
    throw ofSpelling ? new AppError('key_invalid', 'The document does not spell the key canonically.') : error;
  }
}

/** @param found everything in the document that goes by this id */
function readMethod(did: string, id: string, found: readonly unknown[]): PublicKey {
  if (!id.startsWith(did) || !fragment.test(id.slice(did.length)))
    refuse('The id of the key must be absolute and under the DID itself.');
  const [method] = found.map((one) => Method.safeParse(one));
  if (found.length !== 1 || method?.success !== true) refuse('The document does not hold the key exactly once.');
  if (method.data.controller !== did) refuse('The key is controlled by another DID.');
  return readKeyOfDocument(method.data);
}

/**
 * SHA-256 over the canonical JSON of all that may sign in for the DID, in whatever order it is written, and of nothing
 * else: what a service or another purpose is changed to concerns nobody here.
 */
function digestOf(did: string, authentication: readonly unknown[]): Uint8Array {
  try {
    const sorted = authentication
      .map((one) => ({ one, text: canonicalJson(one) }))
      .sort((a, b) => (a.text < b.text ? -1 : 1))
      .map(({ one }) => one);
    return sha256(canonicalJson({ id: did, authentication: sorted }));
  } catch (cause) {
    throw new AppError('did_resolution_failed', 'The document holds text that is not Unicode.', { cause });
  }
}

function parseDocument(did: string, value: unknown): z.infer<typeof Document> {
  const parsed = Document.safeParse(value);
  if (!parsed.success)
    throw new AppError('did_resolution_failed', `This is no DID document with at most ${maxMethods} keys.`);
  if (parsed.data.id !== did) refuse('The document is of another DID.');
  return parsed.data;
}

/**
 * @param value the document as parsed JSON
 * @param kid picks one of several keys; without it the first that can sign in is taken
 * @throws AppError `key_not_authorized` for a key that is not the DID's to sign in with, `did_resolution_failed` for what
 *   is no document, and why the key cannot be used: `did_key_type_unsupported`, `did_key_not_signing`, `key_invalid`,
 *   `jwk_private`
 * @see W3C DID 1.0, sections 5.2 (verification methods) and 5.3.1 (authentication)
 */
export function readDidDocument(did: string, value: unknown, kid?: string): SigningKey {
  const document = parseDocument(did, value);
  const idOf = (one: unknown) => (typeof one === 'string' ? one : Named.safeParse(one).data?.id);
  const embedded = document.authentication.filter((one) => typeof one !== 'string');
  const methods = Map.groupBy([...document.verificationMethod, ...embedded], idOf);
  const listed = document.authentication.map(idOf).filter((id) => id !== undefined);
  const documentDigest = digestOf(
    did,
    document.authentication.map((one) => (typeof one === 'string' ? (methods.get(one)?.[0] ?? one) : one)),
  );

  const wanted = kid === undefined ? listed : listed.filter((id) => id === kid);
  let reason: unknown = new AppError('key_not_authorized', 'The document lists no such key under authentication.');
  for (const [index, id] of wanted.entries()) {
    try {
      const { alg, publicKey } = readMethod(did, id, methods.get(id) ?? []);
      return makeSigningKey({ did, method: 'web', alg, publicKey, verificationMethod: id, documentDigest });
    } catch (error) {
      if (index === 0) reason = error;
    }
  }
  throw reason;
}
