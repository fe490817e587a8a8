/**
 * What a word can be by its ending, in languages whose words carry it there: verbs and particles name nothing. Pure; knows
 * endings and no words, so that a word it never saw is judged alike.
 */

/** How much of a word may stand in a phrase. `name`: alone too; `part`: beside another only; `none`: not at all. */
export type Standing = 'name' | 'part' | 'none';

const cyrillic = /^[\u0400-\u04ff-]+$/;
const hangul = /^[\uac00-\ud7af]+$/;
const slavicVerb =
  /(?:ть|ться|тся|ете|ёте|ите|ешь|ишь|аем|яем|аю|яю|ают|яют|ает|яет|ется|ются|ался|алась|али|ила|или|или|ило|ать|ити)$/;
const slavicAdjective = /(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ых|их|ыми|ими|ную|ую|юю)$/;
/** Nouns that end as adjectives do. */
const slavicNoun = /(?:ние|ние|тие|ние|ствие|рий|гий|лий|ний|мий|бой|строй|музей|здоровье|рие|лие)$/;

/** Particles that follow a noun, longest first; what is left has to be a word. */
const particles =
  /(?<=[\uac00-\ud7af]{2})(?:에서는|에게서|으로는|에서|에게|에는|으로|까지|부터|처럼|보다|한테|께서|이나|이랑|라고|은|는|을|를|이|가|와|과|도|의|에|로|만)$/;
const koreanVerb =
  /(?:어요|아요|여요|해요|세요|네요|나요|가요|까요|지요|죠|습니다|ㅂ니다|니다|니까|었다|았다|했다|한다|된다|이다|하고|하는|하게|하면|해서|려고|으면|싶어|들고|되고|되나)$/;

/** The word without what its language ties to its end. */
export const bareWord = (word: string): string => (hangul.test(word) ? word.replace(particles, '') : word);

/** @param lower the word in lower case */
export function standingByEnding(lower: string): Standing {
  if (cyrillic.test(lower)) {
    if (lower.length < 3) return 'none';
    if (lower.length > 4 && slavicNoun.test(lower)) return 'name';
    if (lower.length > 4 && slavicVerb.test(lower)) return 'none';
    return lower.length > 4 && slavicAdjective.test(lower) ? 'part' : 'name';
  }
  if (hangul.test(lower)) return lower.length > 2 && koreanVerb.test(lower) ? 'none' : 'name';
  return 'name';
}

/** Whether a word of a script without spaces names something: Japanese verbs and adjectives end in hiragana, and nouns hardly. */
export const namesUnspaced = (segment: string): boolean =>
  /[\u30a0-\u30ff\u3400-\u9fff\u0e00-\u0e7f\p{Lu}]/u.test(segment) && !/[\u3041-\u309f]$/.test(segment);
