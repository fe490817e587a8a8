/** Text with the words of a query marked. */
import { markWords } from '../../pieces.ts';

export function Marked({ text, query }: { text: string; query: string }) {
  let at = 0;
  return markWords(text, query).map((piece) => {
    const key = at;
    at += piece.text.length;
    return piece.mark === null ? <span key={key}>{piece.text}</span> : <mark key={key}>{piece.text}</mark>;
  });
}
