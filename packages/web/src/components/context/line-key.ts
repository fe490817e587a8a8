/** What two lines of bundles have in common, so that one bundle can be held against another. Pure. */
import { type Bundle, type BundleCitation, citedFor } from '@vivim/contract/context';

/** The same for what quotes the same words of the same thing. */
export const lineKey = (citation: BundleCitation): string =>
  `${citedFor(citation)?.id ?? citation.acuId ?? 'persona'} ${citation.start} ${citation.end}`;

export interface Difference {
  readonly came: readonly BundleCitation[];
  readonly went: readonly BundleCitation[];
  readonly both: number;
}

/** What came into a bundle and went out of it. @param before what it is held against */
export function differenceOf(before: Bundle, now: Bundle): Difference {
  const had = new Set(before.citations.map(lineKey));
  const has = new Set(now.citations.map(lineKey));
  const came = now.citations.filter((citation) => !had.has(lineKey(citation)));
  return {
    came,
    went: before.citations.filter((citation) => !has.has(lineKey(citation))),
    both: now.citations.length - came.length,
  };
}
