/** Names of keys against published vectors: they must be the ones every other implementation gives. */
import { base64urlnopad } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { didKey, thumbprint, verificationMethod } from './did-key.ts';

describe('did-key', () => {
  it('names the first key of the did:key specification', () => {
    const did = didKey(base64urlnopad.decode('O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik'));
    expect(did).toBe('did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp');
    expect(verificationMethod(did)).toBe(`${did}#z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp`);
  });

  it('gives the thumbprint of RFC 8037 appendix A.3', async () => {
    const key = base64urlnopad.decode('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo');
    expect(await thumbprint(key)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  });
});
