/** A key for what has none of its own: made from what it is, so that the same thing gets the same key again. */
import { sha256 } from '../../space/hash.ts';

/** 128 bits of SHA-256 over the pieces, hex. Pieces are written as JSON, so that no two lists run together. */
export const contentKey = (pieces: readonly (string | null)[]): string => sha256(JSON.stringify(pieces)).slice(0, 32);
