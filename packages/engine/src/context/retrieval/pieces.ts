/**
 * A message cut into the pieces that get a vector each. A small model reads about 200 words and blurs what is longer, so
 * a long message has several; the first pieces say what it is about, and the rest is left to words. A short message
 * leans on what is around it and speaks of several things in a few words: it has its sentences too, and itself again
 * behind the question it answers. A wish has the occasion it is for: "when I ask about recipes". Pure.
 */

/** UTF-16 units of a piece, pieces of a message's text, and pieces in all: no more than the store has room for. */
export const pieceLimits = { length: 800, most: 6, all: 8 } as const;

/** Characters of a message that can matter here. */
export const piecedCharacters = pieceLimits.length * pieceLimits.most;

/** Characters at the end of the message before in which its question is looked for. */
export const questionWithin = 600;

/** Up to this length a message is cut into sentences; up to this one it is read with the question it answers. */
const short = { sentences: 300, answer: 500 } as const;
/** A sentence shorter than this is a piece only together with the one before it. */
const leastSentence = 40;
/** Characters looked through for the occasion of a wish. */
const wishWithin = 1_000;

/** Vectors of different models or of other pieces are never compared. */
export const vectorsBy = ({ name }: { readonly name: string }): string => `${name}+2`;

/** At least one piece, whatever the text. @param before the end of the message before it */
export function piecesOf(text: string, before = ''): string[] {
  const whole = text.trim();
  const pieces = cut(whole);
  const add = (piece: string | null): void => {
    if (piece !== null && piece !== '' && pieces.length < pieceLimits.all && !pieces.includes(piece))
      pieces.push(piece);
  };
  // First of those that are more than the text: it is worth most, and sentences may fill the rest.
  add(whole.length < short.answer ? answering(whole, before) : null);
  add(occasionOf(whole));
  if (whole.length < short.sentences) for (const sentence of sentencesOf(whole)) add(sentence);
  return pieces.length > 0 ? pieces : ['-'];
}

/** Slices of a text in order; each ends at white space where there is some. */
function cut(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > 0 && pieces.length < pieceLimits.most) {
    const end = endOfPiece(rest);
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return pieces;
}

function endOfPiece(text: string): number {
  if (text.length <= pieceLimits.length) return text.length;
  const gap = text.slice(0, pieceLimits.length).search(/\s\S*$/);
  if (gap > pieceLimits.length / 2) return gap;
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(pieceLimits.length - 1));
  return splitsPair ? pieceLimits.length - 1 : pieceLimits.length;
}

/** The text behind the last questions of what was said before it. */
function answering(text: string, before: string): string | null {
  const asked = split(before.slice(-questionWithin)).filter((sentence) => /[?？؟]["”')]*$/.test(sentence));
  return asked.length === 0 || text === '' ? null : `${asked.slice(-2).join(' ')} ${text}`;
}

/** Sentences, the very short ones joined to the one before them; none where there is only one. */
function sentencesOf(text: string): string[] {
  const joined: string[] = [];
  for (const sentence of split(text)) {
    const last = joined.at(-1);
    if (last !== undefined && (last.length < leastSentence || sentence.length < leastSentence / 2)) {
      joined[joined.length - 1] = `${last} ${sentence}`;
    } else joined.push(sentence);
  }
  return joined.length > 1 ? joined : [];
}

let segmenter: Intl.Segmenter | undefined;
function split(text: string): string[] {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'sentence' });
  return [...segmenter.segment(text)].map(({ segment }) => segment.trim()).filter((sentence) => sentence !== '');
}

const occasion =
  /\b(?:when(?:ever)?|if|every time|each time)\s+i(?:['’]m| am)?\s+(?:ask|want|need|request|talk|discuss|mention|work)\w*\s+(?:you\s+)?(?:about\s+|for\s+|to\s+|on\s+)?([^.!?\n]{4,160})/iu;

/** What a wish is for: what a later question will be about, while the rest of it says how to answer. */
const occasionOf = (text: string): string | null => occasion.exec(text.slice(0, wishWithin))?.[1]?.trim() ?? null;
