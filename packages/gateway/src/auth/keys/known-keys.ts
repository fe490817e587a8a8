/**
 * Judging a public key once and not at every request. Remembers good keys alone, so many and no more; what is forgotten is judged
 * again. Only for keys that are nobody's name: how fast the answer comes tells whether a key was here before.
 */

/**
 * @param isSafe depends on the bytes alone
 * @param atMost keys remembered; the one known for longest goes first
 */
export function remembering(isSafe: (key: Uint8Array) => boolean, atMost: number): (key: Uint8Array) => boolean {
  const known = new Set<string>();
  return (key) => {
    const name = Buffer.from(key).toString('base64');
    if (known.has(name)) return true;
    if (!isSafe(key)) return false;
    known.add(name);
    if (known.size > atMost) for (const oldest of known) return known.delete(oldest);
    return true;
  };
}
