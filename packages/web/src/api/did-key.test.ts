/** Names of keys against published vectors: they must be the ones every other implementation gives. */
import { base64urlnopad } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { didKey, keyOfDid, thumbprint, verificationMethod } from './did-key.ts';

describe('did-key', () => {
  it('names the first key of the did:key specification', () => {
    const did = didKey(base64urlnopad.decode('O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik'));
    expect(did).toBe('did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp');
    expect(verificationMethod(did)).toBe(`${did}#z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp`);
  });

  it('reads the key back out of its name', async () => {
    const publicKey = 'O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik';
    const key = await keyOfDid('did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp');
    expect(key).toMatchObject({ alg: 'Ed25519', publicKey });
    // The examples of the specification for the other two curves.
    expect((await keyOfDid('did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169'))?.alg).toBe('P-256');
    expect((await keyOfDid('did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme'))?.alg).toBe('secp256k1');
    for (const other of [
      'did:web:example.org',
      'did:key:z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F',
      'did:key:z6M',
    ])
      expect(await keyOfDid(other)).toBeNull();
  });

  it('gives the thumbprint of RFC 8037 appendix A.3', async () => {
    const key = base64urlnopad.decode('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo');
    expect(await thumbprint(key)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  });
});
