/** did:key, read strictly: one spelling for one key, and only keys that can sign safely. Nothing is ever fetched. */
import { readMultikey } from '../keys/multikey.ts';
import { type SigningKey, selfNamedKey } from './signing-key.ts';

/**
 * @param did `did:key:…`
 * @throws AppError of {@link readMultikey}
 * @see W3C CCG did:key method, section 3 (format)
 */
export function readDidKey(did: string): SigningKey {
  const multibase = did.slice('did:key:'.length);
  return selfNamedKey(did, 'key', readMultikey(multibase), multibase);
}
