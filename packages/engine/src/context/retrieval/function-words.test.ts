import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { questionTongue } from './function-words.ts';
import { parseQuestion } from './query.ts';
import { stopWords } from './stop-words.ts';

const terms = (question: string) => parseQuestion(question).terms.map(({ text }) => text);

describe('words that say nothing', () => {
  it.each([
    ['In welcher Straße wohnen wir jetzt?', ['straße', 'wohnen']],
    ['Was hast du mir über das Hochbeet gesagt?', ['hochbeet']],
    ['Quel cadeau ai-je choisi pour ma sœur ?', ['cadeau', 'choisi', 'sœur']],
    ['¿A qué temperatura máxima dijiste que calentara la leche?', ['temperatura', 'máxima', 'calentara', 'leche']],
    ['Dove ho comprato il formaggio?', ['comprato', 'formaggio']],
    ['Qual é o nome da minha professora?', ['nome', 'professora']],
    ['Was hängt beim Zahnarzt an der Wand?', ['hängt', 'zahnarzt', 'wand']],
    ['Quelle maladie avaient mes plantes ?', ['maladie', 'plantes']],
    ['Quem vai tratar meu ombro?', ['tratar', 'ombro']],
    ['Hoeveel heb ik voor de fiets betaald?', ['fiets', 'betaald']],
  ])('are those of the language of “%s”', (question, telling) => expect(terms(question)).toEqual(telling));

  it('are English where another language has no more of them', () => {
    expect(terms('Who die in the Die Hard series?')).toContain('die');
    expect(terms('What did I say about my son?')).toEqual(['son']);
    expect(terms('Tell me about the war and the hut')).toEqual(['tell', 'war', 'hut']);
    expect(terms('Die Hard')).toEqual(['die', 'hard']);
  });

  it('say which forms of the others are looked for, where three words do not say their language', () => {
    const [first] = parseQuestion('Welche Blumen mag meine Mutter?').terms;
    expect(first?.fts).toContain('"blum"');
    expect(parseQuestion('Which flowers does she like?').terms[0]?.fts).not.toContain('"flow"');
  });

  it('are all there is to look for where nothing else is said', () => {
    expect(terms('¿Qué es eso?')).toEqual(['qué', 'es', 'eso']);
  });

  it('are of one language, whatever is asked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...stopWords, 'die', 'la', 'und', 'où', 'queso'), { minLength: 1 }),
        (words) => {
          const { empty } = questionTongue(words);
          const dropped = new Set(words).intersection(empty).size;
          expect(dropped).toBeGreaterThanOrEqual(new Set(words).intersection(stopWords).size);
        },
      ),
    );
  });
});
