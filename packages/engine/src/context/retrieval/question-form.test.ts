import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asksAnswer, matterOf, unitsAsked, withoutNames } from './question-form.ts';

describe('the form of a question', () => {
  it.each([
    ['What kind of bread did I mention in our conversations?', 'bread'],
    [
      'Can you list the order in which I brought up repairs of my boat across our chats, in order?',
      'repairs of my boat',
    ],
    ['How many different boats have I talked about?', 'boats'],
  ])('is taken out of “%s”', (question, matter) => {
    expect(matterOf(question)).toContain(matter);
    expect(matterOf(question)).not.toMatch(/mention|conversations|order|brought|talked|kind of|how many/i);
  });

  it.each([
    ['What is still to do across my boat conversations?', /boat/, /across/],
    ['Which glaze did you kindly recommend for blue bowls?', /glaze.*blue bowls/, /recommend|you/],
    ['Considering my rent and my savings, can I move?', /^my rent and my savings/, /considering/i],
    ['Which papers related to the lease did I sign?', /papers the lease/, /related/],
  ])('leads to the matter and is none of it: “%s”', (question, matter, form) => {
    expect(matterOf(question)).toMatch(matter);
    expect(matterOf(question)).not.toMatch(form);
  });

  it.each([
    ['Was habe ich dir über den Ofen in der Werkstatt gesagt?', 'den Ofen in der Werkstatt'],
    ['Wann haben wir zuletzt von der Werkstatt gesprochen?', 'der Werkstatt'],
    ['Qu’est-ce que j’ai dit du four de l’atelier ?', 'four de l’atelier'],
    ['Combien de fois ai-je parlé de l’atelier ?', 'l’atelier'],
    ['¿Cuántas veces hablé del taller?', 'taller'],
    ['¿Qué he dicho sobre el horno?', 'el horno'],
    ['O que eu disse sobre o forno da oficina?', 'o forno da oficina'],
    ['Quante volte ho parlato del forno?', 'forno'],
    ['In welcher Reihenfolge kamen die Öfen?', 'kamen die Öfen?'],
  ])('is taken out in other languages too: “%s”', (question, matter) => expect(matterOf(question)).toBe(matter));

  it('says in which unit of time an answer is wanted, and only where it counts them', () => {
    expect(unitsAsked('How many days passed, and how many more Weeks are left?')).toEqual(['days', 'weeks']);
    expect(unitsAsked('Which days did I swim?')).toEqual([]);
  });

  it('stays where nothing else is asked, or where it is the matter', () => {
    expect(matterOf('What did I say?')).toBe('What did I say?');
    expect(matterOf('my session store lost the messages table')).toBe('my session store lost the messages table');
    expect(matterOf('Was habe ich gesagt?')).toBe('Was habe ich gesagt?');
  });

  it('says whether an answer is asked for, or what the person said', () => {
    expect(asksAnswer('Which glaze did you recommend for the blue bowls?')).toBe(true);
    expect(asksAnswer('What was your advice about the lease?')).toBe(true);
    expect(asksAnswer('How would you suggest I glaze the bowls?')).toBe(false);
    expect(asksAnswer('Which glaze did I settle on?')).toBe(false);
  });

  it.each([
    'Was hast du mir für den Garten empfohlen?',
    'Welches Holz, das du genannt hast, hält am längsten?',
    'Was war dein Rat zur Miete?',
    'Quels livres m’as-tu recommandés ?',
    'Quel était ton conseil pour le jardin ?',
    '¿Qué me recomendaste para el queso?',
    '¿Cuáles fueron tus sugerencias?',
    'O que você me recomendou para o forno?',
    'Quais foram as tuas sugestões?',
    'Che cosa mi hai consigliato per il forno?',
    'Qual era il tuo consiglio?',
    'Which hotel was I advised to book?',
  ])('says so in other words and languages: “%s”', (question) => expect(asksAnswer(question)).toBe(true));

  it.each(['Was habe ich empfohlen?', 'Qu’est-ce que j’ai dit ?', '¿Qué dije del queso?', 'Which hotel did I book?'])(
    'asks for what the person said: “%s”',
    (question) => expect(asksAnswer(question)).toBe(false),
  );

  it('loses the names of who speaks, whole words only', () => {
    expect(withoutNames('When did Ann’s ship leave, and what did ann say of the annual fair?', ['ann'])).toBe(
      'When did ship leave, and what did say of the annual fair?',
    );
    expect(withoutNames('Ann?', ['ann'])).toBe('Ann?');
  });

  it('never empties a text, whatever it says', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 })),
        (text, names) => {
          if (text.trim() === '') return;
          expect(matterOf(text)).not.toBe('');
          expect(withoutNames(text, names)).not.toBe('');
        },
      ),
    );
  });
});
