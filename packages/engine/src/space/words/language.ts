/**
 * What language a text is in, cheaply: the script decides where it can, stop words among Latin languages. Null where it is
 * not clear; a wrong language is worse than none.
 */

/** How many characters are looked at. */
const sampleSize = 400;

const scripts: readonly (readonly [RegExp, string])[] = [
  [/[\u3040-\u30ff]/g, 'ja'],
  [/[\uac00-\ud7af]/g, 'ko'],
  [/[\u4e00-\u9fff]/g, 'zh'],
  [/[\u0600-\u06ff]/g, 'ar'],
  [/[\u0590-\u05ff]/g, 'he'],
  [/[\u0900-\u097f]/g, 'hi'],
  [/[\u0980-\u09ff]/g, 'bn'],
  [/[\u0b80-\u0bff]/g, 'ta'],
  [/[\u0e00-\u0e7f]/g, 'th'],
  [/[\u0370-\u03ff]/g, 'el'],
  [/[\u0400-\u04ff]/g, 'ru'],
];

const stopWordLists = [
  ['en', 'the and of to is that it you for with this are was have what how can do i my be not'],
  ['de', 'der die das und ist nicht ich ein eine zu mit den wie auf für es sie du kann wir im'],
  ['fr', 'le la les et est de des un une je vous pas que qui pour dans ce il avec du au'],
  ['es', 'el la los las y es de que un una en por con no para se del como mi lo está'],
  ['it', 'il lo gli e è di che un una per con non sono come mi questo della ho del nel si'],
  ['pt', 'o os as e é de que um uma para com não do da em como eu se por você mais'],
  ['nl', 'de het een en is van ik dat niet met voor op te zijn je hoe wat er aan die'],
  ['sv', 'och att det är jag inte på för av till som ett hur vad kan mig mitt har från eller'],
  ['no', 'og det er jeg ikke på av til som hva hvordan kan meg mitt har fra eller hvis å noe'],
  ['da', 'og det er jeg ikke på af til som hvad hvordan kan mig mit har fra eller hvis noget efter'],
  ['fi', 'ja on ei se että minä mitä miten olen voin ovat mutta kun tämä minun sen ole jos tai niin'],
  ['tr', 've bir bu için ne nasıl ben çok mi da var ile daha gibi ama olarak bana benim değil şu'],
  ['ro', 'și în nu este pentru că cu sunt ce cum eu am din dar mai mă sau fi acest care'],
  ['hu', 'és az hogy nem egy ez van is mi meg mit hogyan kell de volt csak vagy én lehet ha'],
] as const;

/** Languages a text can be known to be in. */
export const knownLanguages: readonly string[] = [
  ...scripts.map(([, language]) => language),
  ...stopWordLists.map(([language]) => language),
];

/** Stop word → the languages it is one of, as places in the list above. */
const stopWords = new Map<string, number[]>();
for (const [place, [, words]] of stopWordLists.entries()) {
  for (const word of words.split(' ')) stopWords.set(word, [...(stopWords.get(word) ?? []), place]);
}

/** BCP 47 tag of a text's language by its first {@link sampleSize} characters, or null. */
export function languageOf(text: string): string | null {
  const sample = text.length > sampleSize ? text.slice(0, sampleSize) : text;
  return scriptLanguage(sample) ?? latinLanguage(sample);
}

function scriptLanguage(sample: string): string | null {
  // Nothing above Latin Extended: no script to count.
  if (!/[\u0370-\u1dff\u3040-\ud7af]/.test(sample)) return null;
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  for (const [script, language] of scripts) {
    const share = (sample.match(script)?.length ?? 0) / letters;
    // Japanese is known by its kana among many ideographs, so a tenth will do; the others must carry the text.
    if (share >= (language === 'ja' ? 0.1 : 0.3)) return refine(language, sample);
  }
  return null;
}

/** Languages that share a script and have letters the commonest one has not. */
function refine(language: string, sample: string): string {
  if (language === 'ru' && /[іїєґ]/i.test(sample)) return 'uk';
  if (language === 'ar' && /[پچژگ]/.test(sample)) return 'fa';
  return language;
}

function latinLanguage(sample: string): string | null {
  const words = sample.toLowerCase().split(/[^a-zß-ɏșț]+/);
  if (words.length < 4) return null;
  const hits = stopWordLists.map(() => 0);
  for (const word of words) for (const place of stopWords.get(word) ?? []) hits[place] = (hits[place] ?? 0) + 1;
  const most = Math.max(...hits);
  if (most < 2 || most / words.length < 0.12) return null;
  const likely = stopWordLists.flatMap(([language], place) => (hits[place] === most ? language : []));
  const [first = null, second] = likely;
  if (second === undefined) return first;
  return likely.join() === 'no,da' ? norwegianOrDanish(words) : null;
}

/** They share nearly all of their little words and differ in how they write the others: `bilene`, `bilerne`. */
function norwegianOrDanish(words: readonly string[]): string | null {
  const norwegian = words.filter((word) => /^.{3,}(?<!r)ene$|^kj|øy/.test(word)).length;
  const danish = words.filter((word) => /^.{2,}(?:erne|ede)$|øj|gt$/.test(word)).length;
  return norwegian === danish ? null : norwegian > danish ? 'no' : 'da';
}
