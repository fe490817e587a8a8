/**
 * Parts that are read better than before, in sources that give their messages no ids: the key of such a message is made of its parts as an
 * older reader made them, so that what came in before stays the same message. Holds nothing longer than its part is held.
 */
import type { CanonicalPart } from '../canonical.ts';

const former = new WeakMap<CanonicalPart, CanonicalPart>();

/** @returns the part, known by the other */
export function knownBy(part: CanonicalPart, before: CanonicalPart): CanonicalPart {
  former.set(part, before);
  return part;
}

/** What a key is made of. */
export const partsOfKey = (parts: readonly CanonicalPart[]): readonly CanonicalPart[] =>
  parts.map((part) => former.get(part) ?? part);
