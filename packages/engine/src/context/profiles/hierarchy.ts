/**
 * Which topic is the wider one. Pure. Two signs, of which either is enough: the wider one's words stand whole inside the other's
 * ("sourdough" and "sourdough starter"), or nearly wherever the narrower is spoken of the wider is too, and not the other way
 * round (Sanderson and Croft 1999: P(wider | narrower) ≥ 0.8).
 */

export interface BesideTopic {
  readonly key: string;
  /** Messages that speak of it, that speak of both, and those of this topic that were looked at. */
  readonly messages: number;
  readonly shared: number;
  readonly own: number;
}

const subsumes = 0.8;
/** Fewer messages prove nothing. */
const least = 3;

/** Whether its words are among the other's, in a row, and fewer. */
export const isInside = (wider: string, narrower: string): boolean =>
  wider !== narrower && ` ${narrower} `.includes(` ${wider} `);

/** How the other stands to this topic, or null where neither is wider. */
export function standing(key: string, other: BesideTopic): 'wider' | 'narrower' | null {
  if (isInside(other.key, key)) return 'wider';
  if (isInside(key, other.key)) return 'narrower';
  const there = other.shared / Math.max(1, other.own);
  const back = other.shared / Math.max(1, other.messages);
  if (other.own >= least && there >= subsumes && back < there / 1.5) return 'wider';
  return other.messages >= least && back >= subsumes && there < back / 1.5 ? 'narrower' : null;
}

/** Shorter phrases that stand inside one, longest first. */
export function innerPhrases(key: string): string[] {
  const words = key.split(' ');
  const found: string[] = [];
  for (let length = words.length - 1; length > 0; length--)
    for (let from = 0; from + length <= words.length; from++) found.push(words.slice(from, from + length).join(' '));
  return found;
}
