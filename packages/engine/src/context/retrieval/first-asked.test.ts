import { describe, expect, it } from 'vitest';
import { asksFirst, asksWhoIs } from './first-asked.ts';

describe('a question for what was said first', () => {
  it.each([
    'When did I first mention the bakery?',
    'when did Ilse first go there',
    'What was the budget originally?',
    'the first time we met',
    'Wann war ich zum ersten Mal in Lübeck?',
    'C’était quand, la première fois ?',
    '¿Cuándo fue la primera vez?',
    'Wann habe ich zuerst von der Bäckerei gesprochen?',
    '¿Cuándo hablé por primera vez de la barca?',
    'Quando falei pela primeira vez do barco?',
    'Quando ho parlato per la prima volta della barca?',
    'Когда я впервые упомянул лодку?',
    '第一次去京都是什么时候',
    '初めて行ったのはいつ',
    '처음 간 게 언제야',
  ])('is %s', (text) => expect(asksFirst(text)).toBe(true));

  it.each([
    'When does my first sprint end?',
    'What genre is her first novel?',
    'Which came first, the boat or the dog?',
    'first aid kit',
    'my first-hand account',
    'das erste Buch',
  ])('is not %s', (text) => expect(asksFirst(text)).toBe(false));
});

describe('a question for who somebody is', () => {
  it.each([
    'Who is Ilse?',
    'who’s Dr. Vale',
    'What was Hector?',
    'Wer ist Herr Petersen?',
    'Qui est Paul Arnaud ?',
    '¿Quién es Rocío?',
    'Quem é a Clara?',
    'Chi è Aldo Neri?',
    'Кто такая Анна?',
    '李明是谁？',
    '田中さんは誰ですか',
  ])('is %s', (text) => expect(asksWhoIs(text)).toBe(true));

  it.each([
    'Who is my landlord?',
    'Who is Ilse allergic to?',
    'What is the rent?',
    'Wer ist mein Vermieter?',
    'who am I',
    '我是谁',
    '私は誰',
    'Who is coming?',
  ])('is not %s', (text) => expect(asksWhoIs(text)).toBe(false));
});
