/**
 * Runs of words of a text in a script without spaces: words by `Intl.Segmenter`, those that follow each other as one phrase
 * ("机器学习", "味噌汁"). Pure.
 */
import type { PhraseWord } from './phrase-word.ts';
import { genericWords, stopWords } from './stop-words.ts';
import { lastWordsUnspaced } from './stop-words-of-scripts.ts';
import { namesUnspaced } from './word-classes.ts';

export const unspaced: RegExp = /[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]/;

let segmenter: Intl.Segmenter | undefined;

/** Signs of Chinese that stand alone as a word and name nothing: pronouns, particles, the commonest verbs. In Japanese they may. */
const emptySigns = new Set(
  '我你他她它您的了是在有和与與及或也都就不没沒很太再又还還要想会會能可把被让讓给給对對从從到用以为為所之其吗嗎呢吧啊着著过過得地这這那哪几幾多少个個只条條件张張片次做放先后後前里裡上下好说說看去来來吃喝买買住写寫跟等叫像比最更才刚剛该該加改选選学學教问問送带帶拿找开開关關走跑坐站打发發混铺鋪订訂应應内內外左右是否包问缺够夠拌泡煸',
);
const numberSigns = '一二三四五六七八九十百千万萬亿億两兩第每毎约約';
/** Of Japanese what stands before a noun and tells which one. */
const whichSigns = '同各全新旧前後次今本当何数両再最大小高低長短他私僕俺妻夫娘母父兄姉弟妹無不未';
const kana = /[\u3041-\u30ff]/;
/** Ends as a Japanese verb does where it is a noun: 唐揚げ, 読み聞かせ, 爪切り. */
const nominal = /^(?:.*[\u3400-\u9fff].*)[えけげせてねべめれきぎしじちにびみり]$/u;
/** What follows a noun there. */
const afterNoun = /^(?:[がをはのにもとやへ、。，．！？!?」』）)\s]|から|まで|より|で|です|って|$)/u;

/** 読み聞かせ, 借り換え: what the dictionary cuts and is one noun, with what follows it. */
const twoVerbs =
  /[\u4e00-\u9fff][\u3041-\u3096]{1,2}[\u4e00-\u9fff][\u3041-\u3096]{0,2}[えけげせてねべめれきぎしじちにびみりい](?=[がをはのにもとやへ、。，．！？!?」』）)\s]|から|まで|より|で|です|$)/gu;

interface Piece {
  readonly segment: string;
  readonly index: number;
  readonly isWord: boolean;
}

function* segmentsOf(text: string, japanese: boolean): Generator<Piece> {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  const whole = japanese ? [...text.matchAll(twoVerbs)].map(({ 0: word, index }) => ({ word, index })) : [];
  let at = 0;
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (index < at) continue;
    const joined = whole.find((one) => one.index === index);
    const taken = joined?.word ?? segment;
    at = index + taken.length;
    yield { segment: taken, index, isWord: isWordLike === true };
  }
}

/**
 * In pieces, because the segmenter is slow on long strings.
 * @param tongue the language it stands among, for a text too short to say its own
 */
export function unspacedRuns(text: string, tongue: string | null = null): PhraseWord[][] {
  const japanese = kana.test(text) || tongue === 'ja';
  const runs: PhraseWord[][] = [];
  let run: PhraseWord[] = [];
  const close = () => {
    // One sign alone names nothing, whatever it is part of.
    if (run.some(({ stands }) => stands) || run.length > 1) runs.push(run);
    run = [];
  };
  for (const piece of text.slice(0, 20_000).match(/[\s\S]{1,500}/g) ?? []) {
    for (const { segment, index, isWord } of segmentsOf(piece, japanese)) {
      const key = segment.toLowerCase();
      const isNoun =
        namesUnspaced(segment) ||
        (japanese && nominal.test(segment) && afterNoun.test(piece.slice(index + segment.length)));
      const isEmpty = stopWords.has(key) || (!japanese && emptySigns.has(segment));
      const names = isWord && isNoun && !isEmpty;
      if (!names) {
        close();
        continue;
      }
      // A Latin word among them stands for itself.
      if (run.length > 0 && unspaced.test(segment) !== unspaced.test(run[0]?.surface ?? '')) close();
      const endsOnly = lastWordsUnspaced.has(key);
      const glued = unspaced.test(segment);
      const sign = run.at(-1);
      // "唐|揚げ" is one word.
      if (japanese && sign?.opens === true && nominal.test(segment) && /^[\u3400-\u9fff]/.test(segment)) {
        const whole = sign.surface + segment;
        run[run.length - 1] = { surface: whole, key: whole.toLowerCase(), stands: true, endsOnly: false, glued: true };
        continue;
      }
      const opens =
        run.length === 0 && segment.length === 1 && !(japanese ? whichSigns : '').concat(numberSigns).includes(segment);
      run.push({
        surface: segment,
        key,
        stands: segment.length >= 2 && !endsOnly && !genericWords.has(key),
        endsOnly,
        glued,
        ...(glued && opens ? { opens } : {}),
      });
    }
    close();
  }
  return runs;
}
