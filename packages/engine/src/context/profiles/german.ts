/** Whether a text is German, where capitals tell nouns and not names. Pure; by its commonest words. */

const common = new Set(
  `der die das und ist nicht ich ein eine einen einem einer mit zu den dem für auf wir habe haben hat sie er es von im am um wie was
  auch aber noch nur schon wenn weil dass sind war bei nach aus mein meine meinen meiner kann will soll muss mir mich uns`.split(
    /\s+/,
  ),
);
/** Of English, Dutch and Portuguese, which share some of those. */
const others = new Set(
  `the and of to is was were are in it he she you that this het een niet ik van zijn ao uma com para não que de`.split(
    /\s+/,
  ),
);

/** A share of the words; a text of two or three words says nothing. */
export function isGerman(text: string): boolean {
  const words =
    text
      .slice(0, 2_000)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  if (words.length < 3) return false;
  let german = 0;
  let other = 0;
  for (const word of words) {
    if (common.has(word)) german++;
    if (others.has(word)) other++;
  }
  return german / words.length >= 0.15 && german > 1.5 * other;
}
