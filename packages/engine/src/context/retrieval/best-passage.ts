/** The passage of a message that says most of what was asked, where no units were cut of it. Pure. */
import { type WeighedWord, wordScorer } from './unit-choice.ts';

/** UTF-16 units of a passage at most, and of a message that are looked at. */
const longest = 600;
const looked = 200_000;

/** Exactly a slice of the text, without the white space around it. */
export function bestPassage(text: string, words: readonly WeighedWord[]): string {
  const said = wordScorer(words);
  let best = '';
  let most = -1;
  for (const passage of passagesOf(text.slice(0, looked))) {
    const score = said(passage);
    if (score <= most) continue;
    best = passage;
    most = score;
  }
  return best;
}

/** Paragraphs, long ones in pieces that end with a word. */
function* passagesOf(text: string): Generator<string> {
  for (const paragraph of text.split(/\n\s*\n/)) {
    for (let rest = paragraph.trim(); rest !== ''; ) {
      const piece = rest.length <= longest ? rest : cutAtWord(rest);
      yield piece.trim();
      rest = rest.slice(piece.length).trimStart();
    }
  }
}

const cutAtWord = (text: string): string => {
  const end = text.slice(0, longest).search(/\s\S*$/);
  if (end > longest / 2) return text.slice(0, end);
  // Never between the halves of a sign.
  const half = /[\ud800-\udbff]/.test(text[longest - 1] ?? '');
  return text.slice(0, half ? longest - 1 : longest);
};
