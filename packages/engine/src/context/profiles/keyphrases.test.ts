import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Keyphrase, keyphrases } from './keyphrases.ts';

function phrases(title: string | null, ...texts: readonly (string | { model: string })[]): Keyphrase[] {
  const spoken = texts.map((text, messagePk) =>
    typeof text === 'string' ? { messagePk, byHuman: true, text } : { messagePk, byHuman: false, text: text.model },
  );
  const reading = keyphrases(title, spoken, 20);
  for (;;) {
    const next = reading.next();
    if (next.done) return next.value;
  }
}
const keysIn = (tongue: string, ...texts: readonly string[]): string[] => {
  const reading = keyphrases(
    null,
    texts.map((text, messagePk) => ({ messagePk, byHuman: true, text })),
    20,
    tongue,
  );
  for (;;) {
    const next = reading.next();
    if (next.done) return next.value.map(({ key }) => key);
  }
};
const keys = (...args: Parameters<typeof phrases>): string[] => phrases(...args).map(({ key }) => key);

describe('keyphrases', () => {
  it('are what the title and the person both name', () => {
    expect(
      keys('Sourdough starter', 'My sourdough starter smells odd.', { model: 'A starter may smell of acetone.' })[0],
    ).toBe('sourdough starter');
  });

  it('of several words take the place of their parts', () => {
    const found = keys(null, 'I need a weather app.', 'The weather app is slow.', 'How do I test a weather app?');
    expect(found).toContain('weather app');
    expect(found).not.toContain('weather');
  });

  it('in plural and another case are the same', () => {
    const [found] = phrases(null, 'Tax Returns are due.', 'My tax return is late.', 'tax returns!');
    expect(found?.key).toBe('tax return');
    expect([...(found?.surfaces.keys() ?? [])].sort()).toEqual(['Tax Returns', 'tax return', 'tax returns']);
  });

  it('are not made of everyday words', () => {
    expect(
      keys(
        null,
        'Can you help me with this thing?',
        'I really need to make it work better.',
        'Thanks, that is a great way.',
      ),
    ).toEqual([]);
  });

  it('in another case are the same, called as their person would', () => {
    const [found] = phrases(
      'Закваска не поднимается',
      'Моя закваска не поднимается, я кормлю закваску раз в день.',
      'Что делать с закваской?',
    );
    expect(found?.key).toBe('закваска');
    expect(phrases(null, 'Ich lege Rechnungen ab.', 'Die Rechnung ist weg, und die Rechnungen auch.')).toHaveLength(1);
  });

  it('of French hold what is written in one with an article, and neither verbs nor their plurals twice', () => {
    const found = keysIn(
      'fr',
      "Ma soupe à l'oignon manque de goût, et j'ai des insomnies.",
      "La soupe à l'oignon est bonne, mais l'insomnie revient. Il y a trop d'heures supplémentaires.",
      "Pas d'heures supplémentaires cette semaine.",
    );
    expect(found).toEqual(expect.arrayContaining(["soupe à l'oignon", 'insomnie', 'heure supplémentaire']));
    expect(found.filter((key) => /manque|insomny|^oignon/.test(key))).toEqual([]);
  });

  it('of Korean end with their particle, and hold no verb', () => {
    const found = keys(
      '김치찌개 끓이기',
      '김치찌개를 끓이면 두부가 부서져요.',
      '보험은 완전 자차로 했어요. 보험은 비싸요.',
    );
    expect(found).toContain('김치찌개');
    expect(found.filter((key) => /끓이|를$|보험 완전/.test(key))).toEqual([]);
    const swimming = keys(
      '수영을 배우고 싶은데 물이 무서워요',
      '수영을 배우고 싶은데 물이 무서워요.',
      '수영 강습을 신청했어요.',
    );
    expect(swimming.filter((key) => /배우|싶|물|워요/.test(key))).toEqual([]);
  });

  it('are not what only a model goes on about', () => {
    expect(
      keys(
        null,
        'Why is the sky dark at night?',
        { model: 'Rayleigh scattering.' },
        { model: 'Rayleigh scattering again.' },
      ),
    ).not.toContain('rayleigh scattering');
  });

  it('are found in text without spaces', () => {
    expect(keys(null, '陶芸について教えてください。', '陶芸の釉薬は何がいいですか。')).toContain('陶芸');
  });

  it('are never taken from code or addresses', () => {
    const code = '```js\nconst gizmo = gadget(widget)\n```\nsee https://gizmo.example/gadget and `gizmo`';
    expect(keys(null, code, code)).toEqual([]);
  });

  it('can be looked for in any text, and come in one order', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { maxLength: 5 }), (texts) => {
        expect(phrases(texts[0] ?? null, ...texts)).toEqual(phrases(texts[0] ?? null, ...texts));
      }),
    );
  });
});
