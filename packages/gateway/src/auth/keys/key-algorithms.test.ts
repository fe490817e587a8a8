/** Signatures of all three algorithms against the vectors of many authors, and against every other spelling of them. */

import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derToRaw } from '../../../../../test/kit/der.ts';
import { withS } from '../../../../../test/kit/proofs.ts';
import { runs } from '../../../../../test/kit/property-runs.ts';
import { describeShared } from '../../../../../test/kit/shared.ts';
import { compressed, hex, vectorCases, vectorFiles, wycheproofCases } from '../../../../../test/kit/vectors.ts';
import { decodeBase64url } from '../base64url.ts';
import { keyAlgorithms, type SigningAlgorithm } from './key-algorithms.ts';
import { readMultikey } from './multikey.ts';

type Curve = 'P-256' | 'secp256k1';
const curves = ['P-256', 'secp256k1'] as const;

function newKey(curve: Curve) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: curve });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = new Uint8Array([4, ...Buffer.from(x, 'base64url'), ...Buffer.from(y, 'base64url')]);
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
  return {
    publicKey: compressed(point),
    point,
    jwk: { crv: curve, kty: 'EC', x, y },
    sign: (text: Uint8Array) => sign('sha256', text, key),
  };
}

describe.each(curves)('ECDSA on %s', (curve) => {
  const { isSafe, jwk, verify } = keyAlgorithms[curve];

  it('takes of the two signatures of a text the one with low s, and no other text', () => {
    const key = newKey(curve);
    expect(JSON.stringify(jwk(key.publicKey))).toBe(JSON.stringify(key.jwk));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (text) => {
        const signature = key.sign(text);
        expect(verify(key.publicKey, text, withS('low', signature, curve))).toBe(true);
        expect(verify(key.publicKey, text, withS('high', signature, curve))).toBe(false);
        expect(verify(key.publicKey, new Uint8Array([...text, 0]), withS('low', signature, curve))).toBe(false);
      }),
      { numRuns: runs(30) },
    );
  });

  it('knows one form of a key and of a signature', () => {
    const key = newKey(curve);
    const text = Buffer.from('text');
    const signature = withS('low', key.sign(text), curve);
    for (const other of [
      key.point,
      key.point.subarray(1),
      key.publicKey.subarray(1),
      new Uint8Array(),
      new Uint8Array([5, ...key.publicKey.subarray(1)]),
      new Uint8Array(33).fill(0xff).with(0, 2),
    ]) {
      expect(isSafe(other)).toBe(false);
      expect(verify(other, text, signature)).toBe(false);
    }
    for (const other of [
      signature.subarray(1),
      Buffer.concat([signature, Buffer.alloc(1)]),
      Buffer.alloc(0),
      Buffer.alloc(64),
      Buffer.alloc(64, 0xff),
    ])
      expect(verify(key.publicKey, text, other)).toBe(false);
  });
});

/** Why a signature its authors call valid is refused here. */
const stricter = {
  highS: 'the twin with high s is a second spelling of the same signature (atproto and BIP 62 refuse it alike)',
  lowOrderR: 'R is the neutral element: OpenSSL refuses that since 3.5 and did not before; only the owner can make it',
} as const;

const halfOrders = {
  'P-256': 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n,
  secp256k1: 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n,
} as const;

function exception(curve: Curve, raw: Uint8Array): keyof typeof stricter | null {
  const s = Buffer.from(raw.subarray(32)).toString('hex');
  return raw.length === 64 && BigInt(`0x${s}`) > halfOrders[curve] ? 'highS' : null;
}

interface EcdsaGroup {
  readonly publicKey: { readonly curve: string; readonly uncompressed: string };
}
interface SignedText {
  readonly msg: string;
  readonly sig: string;
}
const curveNames: Readonly<Record<string, Curve>> = { secp256r1: 'P-256', secp256k1: 'secp256k1' };

describeShared('vectors', 'Wycheproof', () => {
  it('ECDSA in raw form: every verdict is theirs, but for s in the upper half', () => {
    const refused: Record<string, string> = {};
    for (const { id, group, test } of wycheproofCases<EcdsaGroup, SignedText>(/^ecdsa_.*_p1363_test\.json$/)) {
      const curve = curveNames[group.publicKey.curve];
      if (curve === undefined) throw new Error(`no such curve here: ${id}`);
      const key = compressed(hex(group.publicKey.uncompressed));
      expect(`${id} ${keyAlgorithms[curve].isSafe(key)}`).toBe(`${id} true`);
      const why = test.result === 'valid' ? exception(curve, hex(test.sig)) : null;
      if (why !== null) refused[id] = stricter[why];
      const fits = keyAlgorithms[curve].verify(key, hex(test.msg), hex(test.sig));
      expect(`${id} ${fits}`).toBe(`${id} ${test.result === 'valid' && why === null}`);
    }
    expect(Object.keys(refused).length).toBeGreaterThan(0);
  });

  it('ECDSA in DER, bitcoin included: never as it is; put into raw form, every verdict is theirs', () => {
    for (const { id, group, test } of wycheproofCases<EcdsaGroup, SignedText>(
      /^ecdsa_\w+_sha256(_bitcoin)?_test\.json$/,
    )) {
      const curve = curveNames[group.publicKey.curve];
      if (curve === undefined) throw new Error(`no such curve here: ${id}`);
      const key = compressed(hex(group.publicKey.uncompressed));
      const { verify } = keyAlgorithms[curve];
      expect(`${id} ${verify(key, hex(test.msg), hex(test.sig))}`).toBe(`${id} false`);
      const raw = derToRaw(hex(test.sig));
      const fits = raw !== null && verify(key, hex(test.msg), raw);
      const expected = test.result === 'valid' && raw !== null && exception(curve, raw) === null;
      expect(`${id} ${fits}`).toBe(`${id} ${expected}`);
      // Nothing they call valid is lost in the putting.
      if (test.result === 'valid') expect(`${id} ${raw !== null}`).toBe(`${id} true`);
    }
  });

  it('Ed25519: every verdict is theirs', () => {
    const { isSafe, verify } = keyAlgorithms.Ed25519;
    for (const { id, group, test } of wycheproofCases<{ publicKey: { pk: string } }, SignedText>(
      /^ed25519_test\.json$/,
    )) {
      const key = hex(group.publicKey.pk);
      expect(`${id} ${isSafe(key)}`).toBe(`${id} true`);
      expect(`${id} ${verify(key, hex(test.msg), hex(test.sig))}`).toBe(`${id} ${test.result === 'valid'}`);
    }
  });
});

describeShared('vectors', 'Ed25519 vectors', () => {
  const { isSafe, verify } = keyAlgorithms.Ed25519;

  it('CCTV: no key of small or mixed order or in a second spelling, and no signature bent in any way', () => {
    const vectors = vectorCases<{ number: number; key: string; sig: string; msg: string; flags: string[] | null }>(
      'ed25519',
      /^cctv/,
    );
    for (const { number, key, sig, msg, flags } of vectors) {
      const bent = flags ?? [];
      const badKey = bent.some((flag) => ['low_order_A', 'low_order_component_A', 'non_canonical_A'].includes(flag));
      expect(`${number} ${isSafe(hex(key))}`).toBe(`${number} ${!badKey}`);
      const except = bent.length === 1 && bent[0] === 'low_order_R' ? stricter.lowOrderR : null;
      if (except === null)
        expect(`${number} ${verify(hex(key), Buffer.from(msg), hex(sig))}`).toBe(`${number} ${bent.length === 0}`);
    }
  });

  it('speccheck: not one of the traps is taken', () => {
    const cases = vectorCases<{ idx: number; message: string; pub_key: string; signature: string }>(
      'ed25519',
      /^speccheck/,
    );
    const taken = cases.filter(({ pub_key, message, signature }) => verify(hex(pub_key), hex(message), hex(signature)));
    expect(taken).toEqual([]);
  });

  it('RFC 8032 and the authors of Ed25519: every signature fits, none with a bit changed', () => {
    const rfc = vectorCases<{ publicKey: string; message: string; signature: string }>('rfc8032', /\.json$/);
    const lines = vectorCases<string>('ed25519', /^sign_input/).map((line) => {
      const [, publicKey = '', message = '', signed = ''] = line.split(':');
      return { publicKey, message, signature: signed.slice(0, 128) };
    });
    for (const { publicKey, message, signature } of [...rfc, ...lines]) {
      const [key, text, good] = [hex(publicKey), hex(message), hex(signature)];
      expect(verify(key, text, good)).toBe(true);
      expect(verify(key, text, good.with(31, (good.at(31) ?? 0) ^ 1))).toBe(false);
    }
  });
});

describeShared('vectors', 'atproto', () => {
  interface Fixture {
    readonly comment: string;
    readonly algorithm: string;
    readonly messageBase64: string;
    readonly publicKeyDid: string;
    readonly publicKeyMultibase: string;
    readonly signatureBase64: string;
    readonly validSignature: boolean;
  }

  it('signature fixtures: raw with low s alone (N11)', () => {
    const fixtures = vectorCases<Fixture>('atproto', /^signature-fixtures\.json$/);
    for (const { comment, algorithm, messageBase64, publicKeyDid, signatureBase64, validSignature } of fixtures) {
      const { alg, publicKey } = readMultikey(publicKeyDid.slice('did:key:'.length));
      const expected: SigningAlgorithm = algorithm === 'ES256' ? 'P-256' : 'secp256k1';
      expect(`${comment} ${alg}`).toBe(`${comment} ${expected}`);
      const fits = keyAlgorithms[alg].verify(
        publicKey,
        Buffer.from(messageBase64, 'base64'),
        Buffer.from(signatureBase64, 'base64'),
      );
      expect(`${comment} ${fits}`).toBe(`${comment} ${validSignature}`);
    }
  });
});

/** DAG-CBOR of what an operation of did:plc holds: maps, lists, text, null. RFC 8949 section 4.2.1. */
function cbor(value: unknown): Buffer {
  const head = (major: number, length: number) => {
    if (length < 24) return Buffer.from([(major << 5) | length]);
    if (length < 256) return Buffer.from([(major << 5) | 24, length]);
    return Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
  };
  const text = (one: string) => Buffer.concat([head(3, Buffer.byteLength(one)), Buffer.from(one)]);
  if (value === null) return Buffer.from([0xf6]);
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)]);
  if (typeof value !== 'object') throw new Error(`not in an operation: ${typeof value}`);
  const members = Object.entries(value).map(([name, member]) => ({ name: text(name), member: cbor(member) }));
  members.sort((a, b) => Buffer.compare(a.name, b.name));
  return Buffer.concat([head(5, members.length), ...members.flatMap(({ name, member }) => [name, member])]);
}

describeShared('vectors', 'did:plc', () => {
  interface Entry {
    readonly operation: {
      readonly sig: string;
      readonly prev: string | null;
      readonly rotationKeys?: readonly string[];
      /** Of the first kind of operation. */
      readonly recoveryKey?: string;
      readonly signingKey?: string;
    };
    readonly cid: string;
  }

  /** What the invalid logs show beside signatures is not checked here, for the method is not offered. */
  const notChecked: Readonly<Record<string, string>> = {
    nullification: 'which later operation voids which earlier one, and for how long, is a rule of the log',
    update: 'what may follow a voided operation or a tombstone is a rule of the log',
  };
  const aboutSignatures = (file: string) => /\/log_invalid_sig_/.test(file);

  /** Whether a rotation key of the operation before, or of a first one itself, made this signature. */
  function signed({ operation: { sig, ...operation } }: Entry, log: readonly Entry[]): boolean {
    const before = operation.prev === null ? operation : log.find(({ cid }) => cid === operation.prev)?.operation;
    const signature = decodeBase64url(sig);
    const keys = before?.rotationKeys ?? [before?.recoveryKey, before?.signingKey].filter((key) => key !== undefined);
    return keys.some((did) => {
      const { alg, publicKey } = readMultikey(did.slice('did:key:'.length));
      return signature !== null && keyAlgorithms[alg].verify(publicKey, cbor(operation), signature);
    });
  }

  it('signatures: all of a log in order, and none of those bent on purpose', () => {
    const logs = vectorFiles<Entry[]>('did-plc', /^log_.*\.json$/);
    for (const { file, content } of logs) {
      const verdicts = content.map((entry) => signed(entry, content));
      if (file.includes('/valid/')) expect(`${file} ${verdicts.every(Boolean)}`).toBe(`${file} true`);
      else if (aboutSignatures(file)) expect(`${file} ${verdicts.at(-1)}`).toBe(`${file} false`);
      else expect(`${file} ${verdicts[0]}`).toBe(`${file} true`);
    }
    const rest = logs.filter(({ file }) => file.includes('/invalid/') && !aboutSignatures(file));
    expect(
      rest.filter(({ file }) => !Object.keys(notChecked).some((word) => file.includes(`log_invalid_${word}`))),
    ).toEqual([]);
  });
});
