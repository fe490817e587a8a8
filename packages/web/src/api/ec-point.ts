/**
 * Points on the two curves keys of people may lie on, between their short and their long spelling. Only names are made of
 * what comes out: whoever checks a signature checks the point itself.
 *
 * @see SEC 1 sections 2.3.3 and 2.3.4; SEC 2 for the curves. Both primes are 3 modulo 4.
 */
export type Curve = 'P-256' | 'secp256k1';

const curves = {
  'P-256': {
    p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    a: -3n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  secp256k1: { p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2fn, a: 0n, b: 7n },
} as const;

const length = 32;

const toNumber = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`);
const toBytes = (value: bigint): Uint8Array =>
  Uint8Array.from(
    value
      .toString(16)
      .padStart(2 * length, '0')
      .match(/../g) ?? [],
    (hex) => Number.parseInt(hex, 16),
  );

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let [square, left] = [base % modulus, exponent]; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** The coordinates, 32 bytes each; null for what is no compressed point of the curve. */
export function uncompressed(curve: Curve, point: Uint8Array): { x: Uint8Array; y: Uint8Array } | null {
  const sign = point[0];
  if (point.length !== length + 1 || (sign !== 2 && sign !== 3)) return null;
  const { p, a, b } = curves[curve];
  const x = toNumber(point.subarray(1));
  if (x >= p) return null;
  const square = (((x * x * x + a * x + b) % p) + p) % p;
  const root = power(square, (p + 1n) / 4n, p);
  if ((root * root) % p !== square) return null;
  const y = (root & 1n) === BigInt(sign - 2) ? root : p - root;
  return { x: point.slice(1), y: toBytes(y) };
}

/** 33 bytes. */
export const compressed = (x: Uint8Array, y: Uint8Array): Uint8Array => Uint8Array.of(2 + ((y.at(-1) ?? 0) & 1), ...x);
