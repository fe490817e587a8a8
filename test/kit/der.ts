/** ECDSA signatures in DER, brought into the raw form. */

/** Definite length in its shortest form; null for every other. */
function readLength(bytes: Uint8Array, at: number): { length: number; next: number } | null {
  const first = bytes[at] ?? 0xff;
  if (first < 0x80) return { length: first, next: at + 1 };
  const second = bytes[at + 1] ?? 0;
  return first === 0x81 && second >= 0x80 ? { length: second, next: at + 2 } : null;
}

/** A positive INTEGER of at most 32 bytes in its shortest form, padded. */
function readInteger(bytes: Uint8Array, at: number): { value: Uint8Array; next: number } | null {
  const size = bytes[at] === 2 ? readLength(bytes, at + 1) : null;
  if (size === null || size.length === 0) return null;
  const body = bytes.subarray(size.next, size.next + size.length);
  const [first = 0, second = 0] = body;
  const minimal = body.length === 1 || first !== 0 || second >= 0x80;
  const digits = first === 0 ? body.subarray(1) : body;
  if (body.length !== size.length || first >= 0x80 || !minimal || digits.length > 32) return null;
  const value = new Uint8Array(32);
  value.set(digits, 32 - digits.length);
  return { value, next: size.next + size.length };
}

/** SEQUENCE { r INTEGER, s INTEGER } to r||s; null for whatever is not strict DER (X.690) or not 32 bytes each. */
export function derToRaw(der: Uint8Array): Uint8Array | null {
  const size = der[0] === 0x30 ? readLength(der, 1) : null;
  if (size === null || size.next + size.length !== der.length) return null;
  const r = readInteger(der, size.next);
  const s = r === null ? null : readInteger(der, r.next);
  return r === null || s === null || s.next !== der.length ? null : new Uint8Array([...r.value, ...s.value]);
}
