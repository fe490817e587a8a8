/**
 * Names in text that has no capitals to tell them: by what is said beside them ("田中先生", "서연이", "المعلمة هناء"), by how they end
 * ("楽天銀行"), and by lists of what most people know. Pure: a text in, its names out. In doubt a word is no name.
 */
import type { EntityType } from '@vivim/contract/profile';
import { countryNames } from './country-names.ts';
import {
  beginnings,
  doubledSigns,
  endings,
  familyNames,
  familySigns,
  givenNames,
  honorifics,
  noNamesOfScripts,
  noSecondSigns,
  places,
  titlesBefore,
} from './names-of-scripts.ts';
import { rolesBefore } from './roles-of-scripts.ts';
import type { ScriptName } from './script-name.ts';
import { type Script, scriptOf } from './script-of.ts';
import { stopWords } from './stop-words.ts';

interface Cue {
  readonly pattern: RegExp;
  readonly type: EntityType;
  readonly weight: number;
  /** How the platform's dictionary is asked: both ends have to be borders of words, every sign is one (what it does not know: 乐乐), or the name
   * begins with the word before. */
  readonly asks: 'nothing' | 'borders' | 'beginning' | 'parts';
}

const made = new Map<Script, readonly Cue[]>();
const longestFirst = (words: readonly string[]): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .join('|')
    .replaceAll('.', '\\.');

function cuesOf(script: Script): readonly Cue[] {
  let cues = made.get(script);
  if (cues === undefined) {
    cues = script === 'ja' ? japanese() : script === 'zh' ? chinese() : script === 'ko' ? korean() : spaced(script);
    made.set(script, cues);
  }
  return cues;
}

const cue = (source: string, type: EntityType, weight: number, asks: Cue['asks'] = 'nothing'): Cue => ({
  pattern: new RegExp(source, 'gu'),
  type,
  weight,
  asks,
});
const placesOf = (script: Script): string => longestFirst([...(places[script] ?? []), ...countryNames(script)]);

function japanese(): Cue[] {
  const { polite, titles } = honorifics.ja ?? { polite: '', titles: '' };
  const given = longestFirst(givenNames.ja ?? []);
  const before = String.raw`(?<![\p{Script=Han}\p{Script=Katakana}ー])`;
  return [
    cue(`${before}(?<name>${familyNames.ja})(?<title>${titles})`, 'person', 5),
    cue(
      String.raw`${before}(?<name>${familyNames.ja}|${given}|[\p{Script=Han}]{2,3}|[\p{Script=Katakana}ー]{2,8})(?:${polite})`,
      'person',
      4,
    ),
    cue(String.raw`(?:${rolesBefore.ja})の(?<name>${given})(?![\p{Script=Han}])`, 'person', 5),
    cue(String.raw`${before}(?<name>${given})(?![\p{Script=Han}])`, 'person', 3),
    cue(`(?<name>${placesOf('ja')})`, 'place', 3, 'borders'),
    ...ending('ja', '(?<name>E)', 'beginning'),
  ];
}

function chinese(): Cue[] {
  const { polite, titles } = honorifics.zh ?? { polite: '', titles: '' };
  const family = `[${familySigns}]`;
  const small = String.raw`[小老阿]\p{Script=Han}`;
  return [
    cue(String.raw`(?<name>${family}\p{Script=Han}{0,2}?(?:${titles}))`, 'person', 5),
    cue(String.raw`(?<name>${family}\p{Script=Han}{1,2})(?:${polite})`, 'person', 4),
    cue(
      String.raw`(?:${rolesBefore.zh})(?:叫)?(?<name>${small}|(?<twin>\p{Script=Han})\k<twin>)(?=\P{Script=Han}|.)`,
      'person',
      5,
    ),
    cue(`(?<name>${placesOf('zh')})`, 'place', 3, 'borders'),
    ...ending('zh', '(?<name>E)', 'beginning'),
    cue(String.raw`(?<name>[小老阿](?![${noSecondSigns}])\p{Script=Han})`, 'person', 1, 'borders'),
    cue(String.raw`(?<name>(?![${doubledSigns}])(?<twin>\p{Script=Han})\k<twin>)`, 'person', 1, 'parts'),
  ];
}

const koreanParticle =
  '(?=(?:이?(?:에게서|에게|한테|이랑|랑|은|는|이|가|을|를|의|와|과|도|야)|에서는|에서|에는|에|으로|로|까지|부터)?(?![가-힣]))';

function korean(): Cue[] {
  const { polite, titles } = honorifics.ko ?? { polite: '', titles: '' };
  const given = longestFirst(givenNames.ko ?? []);
  const full = `(?:${familyNames.ko})[가-힣]{1,2}`;
  return [
    cue(`(?<![가-힣])(?<name>${full}|${given})(?<title> ?(?:${titles}))(?:께서|께|님)?${koreanParticle}`, 'person', 5),
    cue(`(?<![가-힣])(?<name>${full}|${given}) ?(?:${polite})${koreanParticle}`, 'person', 4),
    cue(`(?<![가-힣])(?:${rolesBefore.ko}) (?<name>${given})${koreanParticle}`, 'person', 5),
    cue(`(?<![가-힣])(?<name>${given})${koreanParticle}`, 'person', 3),
    cue(`(?<![가-힣])(?<name>${placesOf('ko')})${koreanParticle}`, 'place', 3),
    ...ending('ko', `(?<![가-힣])(?<name>[가-힣]{2,6}?(?:E))${koreanParticle}`),
  ];
}

/** Arabic and Hindi set words apart; an "and", a "to" may stand at the beginning of an Arabic one. */
function spaced(script: 'ar' | 'hi'): Cue[] {
  const given = longestFirst(givenNames[script] ?? []);
  const from = script === 'ar' ? String.raw`(?<![\p{L}\p{M}])[وف]?[بلك]?` : String.raw`(?<![\p{L}\p{M}])`;
  const to = String.raw`(?![\p{L}\p{M}])`;
  const word = String.raw`[\p{L}\p{M}]{2,20}`;
  const titles = titlesBefore[script] ?? '';
  const follows = honorifics[script];
  return [
    cue(`${from}(?:${titles}) (?<name>${script === 'ar' ? `(?!ال|[يت])${word}` : word})${to}`, 'person', 5),
    ...(follows === undefined
      ? []
      : [
          cue(`${from}(?<name>${word})(?<title> (?:${follows.titles}))${to}`, 'person', 4),
          cue(`${from}(?<name>${given}) (?:${follows.polite})${to}`, 'person', 4),
        ]),
    cue(`${from}(?:${rolesBefore[script]}) (?<name>${given})${to}`, 'person', 5),
    cue(`${from}(?<name>${given})${to}`, 'person', 3),
    cue(`${from}(?<name>${placesOf(script)})${to}`, 'place', 3),
    ...ending(script, `${from}(?<name>${word} (?:E))${to}`),
    ...(beginnings[script] ?? []).map(([words, type]) =>
      cue(`${from}(?<name>(?:${words}) (?:ال)?${word})${to}`, type, 3),
    ),
  ];
}

/** @param source with `E` where the ends stand */
const ending = (script: Script, source: string, asks: Cue['asks'] = 'nothing'): Cue[] =>
  (endings[script] ?? []).map(([words, type]) => cue(source.replace('E', words), type, 3, asks));

/** Characters looked at on either side for where a word begins. */
const window = 24;
let segmenter: Intl.Segmenter | undefined;

/** Where the words around a stretch begin, the end of the last one with them. */
function bordersAround(text: string, start: number, end: number): Set<number> {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  const from = Math.max(0, start - window);
  const borders = new Set<number>();
  for (const { index, segment } of segmenter.segment(text.slice(from, end + window))) {
    borders.add(from + index);
    borders.add(from + index + segment.length);
    if (from + index > end) break;
  }
  return borders;
}

/** Where the name begins that ends in a word for what it is: "楽天|銀行", "玉|龙|雪山"; null where nothing stands before it. */
function beginningOf(text: string, start: number, borders: ReadonlySet<number>): number | null {
  for (let at = start - 2; at >= Math.max(0, start - longestBeginning); at--) {
    const before = text.slice(at, start);
    if (!/^[\p{Script=Han}\p{Script=Katakana}ー]+$/u.test(before)) return null;
    if (borders.has(at)) return stopWords.has(before) || noNamesOfScripts.has(before) ? null : at;
  }
  return null;
}
const longestBeginning = 5;

/** Every name of a text, the longer of two that overlap. */
export function namesInScripts(text: string): ScriptName[] {
  const script = scriptOf(text);
  if (script === null) return [];
  const found: ScriptName[] = [];
  for (const { pattern, type, weight, asks } of cuesOf(script))
    for (const match of text.matchAll(pattern)) {
      const { name = '', title = '' } = match.groups ?? {};
      if (noNamesOfScripts.has(name) || stopWords.has(name)) continue;
      const at = match.index + match[0].indexOf(name);
      const end = at + name.length + title.length;
      const borders = asks === 'nothing' ? null : bordersAround(text, at, end);
      if (borders !== null && !(borders.has(at) && borders.has(end))) continue;
      if (asks === 'parts' && borders?.has(at + 1) !== true) continue;
      const start = asks === 'beginning' ? beginningOf(text, at, borders ?? new Set()) : at;
      if (start === null) continue;
      const called = text.slice(start, end - title.length);
      found.push({ name: `${called}${title}`, key: called, start, end, type, weight });
    }
  found.sort((a, b) => b.weight - a.weight || b.end - b.start - (a.end - a.start) || a.start - b.start);
  const kept: ScriptName[] = [];
  for (const one of found) if (!kept.some(({ start, end }) => one.start < end && one.end > start)) kept.push(one);
  return kept.sort((a, b) => a.start - b.start);
}
