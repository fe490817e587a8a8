/** Words are found in every script and form they are written in, and only in the space they stand in. */
import Database from 'better-sqlite3-multiple-ciphers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillSpace } from '../../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { slotOf } from '../place.ts';
import { indexForms, indexText, wordTokenizer } from './index-words.ts';
import { beginningOf, demandOf, phraseOf, questionWords } from './question-words.ts';
import { stemOf } from './stems.ts';

const said = [
  'La réservation de Inês est confirmée pour les hôtels',
  '我昨天在东京迪士尼乐园丢了护照，猫也在那里。',
  '明日は東京の天気が悪いので、会議を延期しました。データベース',
  '서울에서 열린 회의는 다음 주로 연기되었습니다',
  'أُرسِلَتِ الرِّسالةُ إلى المُهندِسين في المكتبة',
  'मेरी लड़कियाँ क़ानून की किताबें पढ़ती हैं',
  'ฉันจะไปกรุงเทพมหานครพรุ่งนี้กับครอบครัว',
  'Unsere Wohnungen liegen in München und die Häuser sind alt',
  'Книги о работах художника лежат на столе',
  'I was running from parseConfig to snake_case_name and the HTTPServer',
  'She bought two children’s bikes; the deployments went well',
  'Cafe\u0301 zero\u00adwidth ＦＵＬＬ ﷲ',
  'İstanbul ve ığdır',
  'Step ① of ⒔, then ❷ and 🄀 of 🯰; ½ an Ĳssel, paraŀlel, ŉ',
];

function search() {
  const { alice, bob } = twoSpaces();
  fillSpace(
    alice,
    said.map((text, i) => ({ externalId: `c${i}`, messages: [{ text }] })),
  );
  fillSpace(bob, [{ externalId: 'b', messages: [{ text: 'Nothing of that' }] }]);
  alice.write((w) => w.words.index(said.map((_, i) => i + 1)));
  bob.write((w) => w.words.index([1]));
  const inSpace = (space: typeof alice, fts: string) =>
    space.read((r) => r.words.atSlots(r.words.places(fts, 100).map(slotOf))).map(({ messagePk }) => messagePk - 1);
  return {
    found: (question: string) => {
      const words = questionWords(question);
      const all = words.map(({ fts }) => new Set(inSpace(alice, fts)));
      expect(words.flatMap(({ fts }) => inSpace(bob, fts))).toEqual([]);
      return said.flatMap((_, i) => (all.every((places) => places.has(i)) ? [i] : []));
    },
    phrase: (text: string) => inSpace(alice, phraseOf(text, 12)?.fts ?? ''),
  };
}

describe('words of every script', () => {
  const asked: [what: string, question: string, place: number][] = [
    ['Chinese inside a run', '护照', 1],
    ['words of a question in Chinese', '东京护照', 1],
    ['a Chinese name', '东京迪士尼', 1],
    ['one ideograph', '猫', 1],
    ['Japanese', '天気', 2],
    ['the last letters of a run', '延期', 2],
    ['katakana', 'データベース', 2],
    ['half-width katakana', 'ﾃﾞｰﾀﾍﾞｰｽ', 2],
    ['Korean without its particle', '회의', 3],
    ['Korean with another particle', '회의를', 3],
    ['Korean places', '서울', 3],
    ['Arabic without points', 'الرسالة', 4],
    ['Arabic without its article', 'رسالة', 4],
    ['Arabic plurals', 'مهندس', 4],
    ['Hindi in another number', 'किताब', 5],
    ['Hindi without the nukta', 'कानून', 5],
    ['Hindi as it is', 'लड़कियाँ', 5],
    ['Thai inside a run', 'กรุงเทพ', 6],
    ['words of a question in Thai', 'ครอบครัวพรุ่งนี้', 6],
    ['French without accents', 'reservation', 0],
    ['French in the singular', 'hôtel', 0],
    ['a short name', 'Inês', 0],
    ['a short name without its accent', 'ines', 0],
    ['German in the singular', 'Wohnung in München und die Häuser', 7],
    ['Russian in another case', 'книга', 8],
    ['English stems', 'run', 9],
    ['the parts of a name', 'parse config', 9],
    ['a name written in one', 'parseConfig', 9],
    ['the parts of another', 'snake case', 9],
    ['an acronym in a name', 'http server', 9],
    ['irregular verbs', 'buying', 10],
    ['irregular nouns', 'child', 10],
    ['a base form', 'go deployment', 10],
    ['a decomposed letter', 'café', 11],
    ['a soft hyphen', 'zerowidth', 11],
    ['full width', 'full', 11],
  ];
  it('are found in their other forms', () => {
    const { found } = search();
    const missed = asked.filter(([, question, place]) => !found(question).includes(place));
    expect(missed).toEqual([]);
  });

  it('a phrase is what stands so, in any script', () => {
    const { phrase } = search();
    expect(phrase('东京迪士尼')).toEqual([1]);
    expect(phrase('京东尼')).toEqual([]);
    expect(phrase('two children')).toEqual([10]);
    expect(phrase('children two')).toEqual([]);
    expect(phrase('two child')).toEqual([]);
    expect(phrase('東京の天気')).toEqual([2]);
  });

  it('a short name is no form of another word', () => {
    const { found } = search();
    expect(stemOf('inês', 'en')).toBeNull();
    expect(stemOf('ines', 'en')).toBeNull();
    expect(found('in')).not.toContain(0);
    expect(indexForms('Inês and Ines')).toBe('');
  });

  it('whatever stands in a text finds it, word by word', () => {
    const { alice, bob } = twoSpaces();
    const text = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), fc.lorem({ maxCount: 12 }));
    const texts = [
      ...said,
      ...fc.sample(fc.array(text, { minLength: 1, maxLength: 4 }), 150).map((some) => some.join(' ')),
    ];
    fillSpace(
      alice,
      texts.map((one, i) => ({ externalId: `c${i}`, messages: [{ text: one }] })),
    );
    alice.write((w) => w.words.index(texts.map((_, i) => i + 1)));
    for (const [i, one] of texts.entries()) {
      for (const { exact, text: word } of questionWords(one)) {
        const places = alice.read((r) => r.words.atSlots(r.words.places(exact, 1_000).map(slotOf)));
        expect({ word, one, found: places.map(({ messagePk }) => messagePk) }).toMatchObject({
          found: expect.arrayContaining([i + 1]),
        });
        expect(bob.read((r) => r.words.frequency(exact))).toBe(0);
      }
    }
  });

  it.each([
    ['机器学习*', '我在研究机器学习模型', '机器人'],
    ['机*', '我在研究机器学习模型', '学习'],
    ['GPT模*', '新的GPT模型很好', '新的GPT很好'],
    ['とうきょ*', '昨日とうきょうに行った', 'きょうとに行った'],
    ['김치*', '오늘 김치찌개를 먹었다', '찌개를 먹었다'],
    ['fermen*', 'Fermented tea', 'tea'],
  ])('%s finds what begins so, and nothing else', (typed, found, not) => {
    const { alice, bob } = twoSpaces();
    fillSpace(alice, [{ externalId: 'a', messages: [{ text: found }, { text: not }] }]);
    alice.write((w) => w.words.index([1]));
    const expression = beginningOf(typed.slice(0, -1)) ?? '';
    expect(demandOf(typed.slice(0, -1), 'beginning')).toBe(expression);
    const there = alice.read((r) => r.words.atSlots(r.words.places(expression, 10).map(slotOf)));
    expect(there.map(({ messagePk }) => messagePk)).toEqual([1]);
    expect(bob.read((r) => r.words.frequency(expression))).toBe(0);
  });

  it('no sign beside a word hides it, however new or private the sign is', () => {
    const db = new Database(':memory:');
    db.exec(`CREATE VIRTUAL TABLE w USING fts5(text, tokenize="${wordTokenizer}")`);
    const put = db.prepare('INSERT INTO w(rowid, text) VALUES (?, ?)');
    const standing: number[] = [];
    for (let code = 1; code < 0x1fc00; code++) {
      // Halves of pairs are no characters; the private planes beyond are sampled.
      const sign = code < 0x1fc00 - 64 || code % 2 === 0 ? code : 0xf0000 + code;
      if ((sign >= 0xd800 && sign < 0xe000) || (sign >= 0x3400 && sign < 0xd7a4)) continue;
      const text = `a${String.fromCodePoint(sign)}prp x`;
      if (!questionWords(text).some(({ exact }) => exact === '"prp"')) continue;
      put.run(sign, indexText(text));
      standing.push(sign);
    }
    expect(standing.length).toBeGreaterThan(10_000);
    const found = new Set(db.prepare(`SELECT rowid FROM w WHERE w MATCH '"prp"'`).pluck().all());
    expect(standing.filter((sign) => !found.has(sign)).map((sign) => sign.toString(16))).toEqual([]);
    db.close();
  });

  it.each([
    ['a line without spaces', 'x'.repeat(5_000_000)],
    ['ideographs without an end', '漢字'.repeat(500_000)],
    ['marks on one letter', `a${'\u0301'.repeat(500_000)}`],
    ['zero-width characters', 'a\u200b'.repeat(500_000)],
    ['many different words', Array.from({ length: 300_000 }, (_, i) => `walking${i.toString(36)}ing`).join(' ')],
  ])('%s is read once through', (_, text) => {
    expect(indexText(text).length).toBeLessThan(4 * text.length);
    expect(indexForms(text).length).toBeLessThan(2_000_000);
    expect(questionWords(text.slice(0, 8_000)).every((word) => word.fts.length < 1_000)).toBe(true);
  });
});
