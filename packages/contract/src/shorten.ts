/** A text cut to a length. Knows nothing of lines or of markup. */

/** At most `most` characters (code points) of the text; an ellipsis is the last of them where it was cut. */
export function shorten(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
