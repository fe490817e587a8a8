import { createECDH } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Curve, compressed, uncompressed } from './ec-point.ts';

describe.each([
  ['P-256', 'prime256v1'],
  ['secp256k1', 'secp256k1'],
] as const)('points of %s', (curve: Curve, nodeName) => {
  it('are read and written as OpenSSL does', () => {
    for (let count = 0; count < 20; count += 1) {
      const key = createECDH(nodeName);
      key.generateKeys();
      const short = new Uint8Array(key.getPublicKey(null, 'compressed'));
      const long = new Uint8Array(key.getPublicKey());
      const point = uncompressed(curve, short);
      expect(point).toEqual({ x: long.slice(1, 33), y: long.slice(33) });
      if (point !== null) expect(compressed(point.x, point.y)).toEqual(short);
    }
  });

  it('are not what does not lie on the curve', () => {
    const bytes = (first: number, fill: number) => Uint8Array.of(first, ...new Uint8Array(32).fill(fill));
    expect(uncompressed(curve, bytes(4, 1))).toBeNull();
    expect(uncompressed(curve, bytes(2, 0xff))).toBeNull();
    expect(uncompressed(curve, new Uint8Array(32))).toBeNull();
    const misses = Array.from({ length: 40 }, (_, fill) => uncompressed(curve, bytes(2, fill)));
    expect(misses.filter((point) => point === null).length).toBeGreaterThan(5);
  });
});
