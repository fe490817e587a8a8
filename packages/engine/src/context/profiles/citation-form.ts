/** Which of the ways something was written a person would call it by, where words have cases: "закваска" and not "закваску". Pure. */

/** Endings of Russian nouns and adjectives that stand where something is done to them, or with them. */
const oblique = /(?:[уюыеи]|ой|ей|ою|ом|ем|ами|ями|ах|ях|ам|ям|ов|ев|ого|его|ому|ему|ых|их|ую|юю)$/;
const cyrillic = /^[\u0400-\u052f-]+$/;
/** A form that is one of its word's cases counts for so much of one that is its name. */
const obliqueShare = 3;

/** Of these a Russian noun may be none of its subject's forms: neither what acts nor, by its ending, several of it. */
const aside = /(?:[уюе]|ой|ей|ою|ом|ем|ами|ями|ах|ях|ам|ям|ов|ев)$/;
const notAside =
  /(?:[иь]е|ице|нце|дце|море|поле|кофе|кафе|желе|резюме|шоссе|пюре|меню|ревю|интервью|рагу|клей|музей|чай|край|герой|строй|бой|том|дом|альбом|диплом|экзамен|заем|приём|объём|плов|остров|шов|лев|посев)$/;

/** Whether a Russian word stands in a form that only tells where or with what. */
export const isAside = (surface: string): boolean => {
  const lower = surface.toLowerCase();
  return cyrillic.test(lower) && aside.test(lower) && !notAside.test(lower);
};

const weight = (surface: string, times: number): number => {
  // The word the others hang on stands first but for what tells of its kind: "ремонт кухни", "разговорный английский".
  const head = surface.split(' ').find((word) => !/(?:ый|ий|ая|яя|ое|ее|ые|ие)$/.test(word)) ?? surface;
  if (!cyrillic.test(head)) return times;
  return oblique.test(head.toLowerCase()) ? times : obliqueShare * times;
};

/** Surfaces with how much speaks for each, the one to call it by first; ties by what is written. */
export const citationFirst = (surfaces: ReadonlyMap<string, number>): [surface: string, weight: number][] =>
  [...surfaces]
    .map(([surface, times]): [string, number] => [surface, weight(surface, times)])
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
