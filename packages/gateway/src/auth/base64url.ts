/** base64url without padding, in its one canonical spelling: what does not encode back to itself is not decoded. */

/** Null for padding, foreign characters, a wrong length or bits left over in the last character. RFC 4648 section 5. */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? new Uint8Array(bytes) : null;
}

export const encodeBase64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
