/**
 * What a title is about and what it says beside: of "Sourdough for the studio opening" the sourdough is the subject and the opening
 * a circumstance. Pure; by the small words between, in ten languages.
 */
import type { PhraseWord } from './phrase-word.ts';

/** What follows one of these tells where, when, for whom or with what. */
const asides = new Set(
  `for in at on with without from against after before during under over that which who as by into onto inside via using when while because
  für im in am an auf aus bei beim mit ohne gegen nach vor während unter als wenn
  para en con sin contra desde durante pour dans sur avec sans contre chez depuis quand
  em no na com sem per con senza contro voor met zonder tegen bij op
  в во на для из с со к ко по при у от об без через перед после под над между في من على مع عن إلى بعد قبل بدون عند`.split(
    /\s+/,
  ),
);

const romanceArticle =
  /^(?:un|una|unos|unas|um|uma|el|la|los|las|le|les|une|o|os|as|lo|il|gli|i|mi|tu|su|mon|ma|mes)(?: |$)/;
const romanceInfinitive = /^\p{Lu}\p{Ll}+(?:ar|er|ir|re)$/u;
const romanceTongues = new Set(['fr', 'es', 'pt', 'it']);
/** Where a noun right behind an infinitive is what it is done to: "Elegir colegio". */
const iberian = new Set(['es', 'pt']);
const notVerbs = new Set(
  `lugar hogar mujer taller alquiler azúcar bar mar par altar militar celular familiar jantar lar luar açúcar dólar pilar colher mulher escolar singular popular regular
  mer hiver fer ver cancer enfer dîner déjeuner goûter souvenir loisir plaisir avenir cuir désir tir zafir amer cher super leader hacker docker poker master potager boulanger berger étranger danger verger oranger passager foyer loyer placer bienestar collar pomar flutter`.split(
    /\s+/,
  ),
);

/** Whether a word in lower case is what is to be done, in a Romance language. */
const isInfinitive = (word: string, tongue: string): boolean =>
  word.length > 3 &&
  (tongue === 'fr' ? /(?:[^i]er|[^o]ir)$/ : tongue === 'it' ? /(?:are|ere|ire)$/ : /[aei]r$/).test(word) &&
  !notVerbs.has(word);
/** Of a German title without small words: "Holzdielen abschleifen". */
const germanInfinitive = /^\p{Ll}+(?:en|eln|ern)$/u;

export interface TitleRun {
  readonly run: readonly PhraseWord[];
  readonly isHead: boolean;
}

/** The runs of a title; where nothing stands before the first small word, "How to write for children", what follows is its subject. */
export function titleRuns(runs: readonly (readonly PhraseWord[])[], tongue: string | null = null): TitleRun[] {
  let aside = false;
  let named = false;
  return runs.flatMap((whole, at) => {
    const before = whole[0]?.before?.trim() ?? '';
    if (named && before.split(' ').some((word) => asides.has(word))) aside = true;
    const run = withoutVerb(whole, at === 0 ? (runs[1]?.[0]?.before?.trim() ?? '') : null, tongue);
    named ||= run.some(({ stands }) => stands);
    return run.length === 0 ? [] : [{ run, isHead: !aside }];
  });
}

/** What is to be done to the subject is no part of it. @param next words between this run and the next; null: not the first run */
function withoutVerb(run: readonly PhraseWord[], next: string | null, tongue: string | null): readonly PhraseWord[] {
  const last = run.at(-1)?.surface ?? '';
  if (
    run.length > 1 &&
    germanInfinitive.test(last) &&
    run.slice(0, -1).every(({ surface }) => /^\p{Lu}/u.test(surface))
  )
    return run.slice(0, -1);
  if (next === null || !romanceInfinitive.test(run[0]?.surface ?? '')) return run;
  if (run.length === 1) {
    const acts =
      tongue !== null && romanceTongues.has(tongue) && isInfinitive((run[0]?.surface ?? '').toLowerCase(), tongue);
    return romanceArticle.test(next) || (acts && next !== '') ? [] : run;
  }
  if (run[1]?.links) return run.slice(2);
  return tongue !== null && iberian.has(tongue) && !notVerbs.has((run[0]?.surface ?? '').toLowerCase())
    ? run.slice(1)
    : run;
}
