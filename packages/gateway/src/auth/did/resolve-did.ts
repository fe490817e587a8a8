/**
 * From a DID to the key that may sign for it, whatever its method. A DID is a name and proves nothing: what comes out
 * of here is only what a signature is to be checked with.
 */
import { AppError } from '@vivim/contract/errors';
import { readDidDocument } from './did-document.ts';
import { readDidJwk } from './did-jwk.ts';
import { readDidKey } from './did-key.ts';
import { type DidWebResolver, didWebUrl } from './did-web.ts';
import type { SigningKey } from './signing-key.ts';

export interface DidDeps {
  /** Null where the operator did not turn did:web on. */
  readonly didWeb: DidWebResolver | null;
}

const maxLength = 2_048;
// W3C DID 1.0, section 3.1.
const grammar = /^did:([a-z0-9]+):(?:[A-Za-z0-9._:-]|%[0-9A-Fa-f]{2})*(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})$/;

/** What a DID says by itself. */
export interface ReadDid {
  readonly did: string;
  /** Null for did:web, whose document alone knows it. */
  readonly key: SigningKey | null;
}

/**
 * Reads a DID and asks nobody: enough to look somebody up by it.
 *
 * @param did as a client sent it
 * @throws AppError `did_malformed`, `did_not_canonical`, `did_key_type_unsupported`, `did_key_not_signing`,
 *   `jwk_private`, `key_invalid`, `did_web_host_invalid`
 */
export function readDid(did: string): ReadDid {
  const method = did.length <= maxLength ? grammar.exec(did)?.[1] : undefined;
  if (method === undefined) throw new AppError('did_malformed');
  if (method === 'key') return { did, key: readDidKey(did) };
  if (method === 'jwk') return { did, key: readDidJwk(did) };
  if (method !== 'web')
    throw new AppError('did_key_type_unsupported', 'Only DIDs of the methods key, jwk and web can sign in here.');
  didWebUrl(did);
  return { did, key: null };
}

/**
 * Asks the network for did:web alone, and anew each time: who must be sure that the key stays the same keeps the
 * {@link SigningKey}'s facts.
 *
 * @param kid the verification method wanted; for a DID that is its key it can only be that
 * @throws AppError of {@link readDid}, `did_resolution_failed`, `key_not_authorized`
 */
export async function resolveSigningKey({ didWeb }: DidDeps, did: string, kid?: string): Promise<SigningKey> {
  const { key } = readDid(did);
  if (key === null) {
    if (didWeb === null)
      throw new AppError(
        'did_key_type_unsupported',
        'Nobody signs in here with a did:web; the operator has not turned it on.',
      );
    return readDidDocument(did, await didWeb.document(did), kid);
  }
  if (kid !== undefined && kid !== key.verificationMethod)
    throw new AppError('key_not_authorized', 'The DID has no such verification method.');
  return key;
}
