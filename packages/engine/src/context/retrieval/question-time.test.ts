import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asksLatest, nearness, timesIn } from './question-time.ts';

// A Saturday.
const nowMs = Date.parse('2024-01-20T12:00:00Z');
const spans = (text: string, zone = 'UTC') => timesIn(text, { nowMs, zone }).flatMap((time) => time.spans);
const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const span = (text: string) => {
  const last = spans(text).at(-1);
  return last === undefined ? null : `${day(last.fromMs)} ${day(last.toMs)}`;
};

describe('the time of a question', () => {
  it.each([
    ['What did I cook on October 13, 2023?', '2023-10-13 2023-10-14'],
    ['on 3 June, 2023', '2023-06-03 2023-06-04'],
    ['on 8th December, 2023', '2023-12-08 2023-12-09'],
    ['2024-03-15', '2024-03-15 2024-03-16'],
    ['what did I say on 14.3.2024', '2024-03-14 2024-03-15'],
    ['am 14. 3. 2024', '2024-03-14 2024-03-15'],
    ['14/03/2024', '2024-03-14 2024-03-15'],
    ['on 3/14/24', '2024-03-14 2024-03-15'],
    ['2024/3/14', '2024-03-14 2024-03-15'],
    ['del 14-03-2024', '2024-03-14 2024-03-15'],
    ['2024/3/14に', '2024-03-14 2024-03-15'],
    ['in May 2023', '2023-05-01 2023-06-01'],
    ['im Mai 2023', '2023-05-01 2023-06-01'],
    ['el 3 de junio de 2023', '2023-06-03 2023-06-04'],
    ['in 2023', '2023-01-01 2024-01-01'],
    ['in summer 2021', '2021-06-01 2021-09-01'],
    ['last spring', '2023-03-01 2023-06-01'],
    ['last week', '2024-01-08 2024-01-15'],
    ['last month', '2023-12-01 2024-01-01'],
    ['yesterday', '2024-01-19 2024-01-20'],
    ['two weeks ago', '2024-01-01 2024-01-08'],
    ['in the past 7 days', '2024-01-13 2024-01-21'],
    ['last Friday', '2024-01-19 2024-01-20'],
    ['with a friend in June 2023', '2023-06-01 2023-07-01'],
    ['in the week before 16 November 2023', '2023-11-09 2023-11-16'],
    ['3 days after 2 May 2023', '2023-05-03 2023-05-06'],
    ['in the second week of November 2023', '2023-11-08 2023-11-15'],
    ['in the first half of September 2022', '2022-09-01 2022-09-16'],
    ['between August 11 and August 15 2023', '2023-08-11 2023-08-16'],
    ['Was habe ich letzten Frühling gepflanzt?', '2023-03-01 2023-06-01'],
    ['Worum ging es vor zwei Wochen?', '2024-01-01 2024-01-08'],
    ['vor einem Jahr', '2023-01-01 2024-01-01'],
    ['in den letzten 7 Tagen', '2024-01-13 2024-01-21'],
    ['am vergangenen Freitag', '2024-01-19 2024-01-20'],
    ['Ende letzten Monats', '2023-12-21 2024-01-01'],
    ['in der Woche vor dem 16. November 2023', '2023-11-09 2023-11-16'],
    ['in der zweiten Woche im November 2023', '2023-11-08 2023-11-15'],
    ['zwischen dem 11. August und dem 15. August 2023', '2023-08-11 2023-08-16'],
    ['vorgestern', '2024-01-18 2024-01-19'],
    ['dieses Jahr', '2024-01-01 2025-01-01'],
    ['Qu’ai-je planté le printemps dernier ?', '2023-03-01 2023-06-01'],
    ['il y a deux semaines', '2024-01-01 2024-01-08'],
    ['pendant les trois dernières semaines', '2023-12-30 2024-01-21'],
    ['l’année dernière', '2023-01-01 2024-01-01'],
    ['vendredi dernier', '2024-01-19 2024-01-20'],
    ['la semaine avant le 16 novembre 2023', '2023-11-09 2023-11-16'],
    ['au début de l’été 2021', '2021-06-01 2021-07-01'],
    ['depuis le 1er mai 2023', '2023-05-01 2023-06-01'],
    ['Qu’avons-nous dit hier ?', '2024-01-19 2024-01-20'],
    ['¿Qué planté la primavera pasada?', '2023-03-01 2023-06-01'],
    ['hace dos semanas', '2024-01-01 2024-01-08'],
    ['hace un año', '2023-01-01 2024-01-01'],
    ['en los últimos siete días', '2024-01-13 2024-01-21'],
    ['el viernes pasado', '2024-01-19 2024-01-20'],
    ['el fin de semana pasado', '2024-01-13 2024-01-15'],
    ['tres días después del 2 de mayo de 2023', '2023-05-03 2023-05-06'],
    ['a finales de septiembre de 2022', '2022-09-21 2022-10-01'],
    ['entre el 11 de agosto y el 15 de agosto de 2023', '2023-08-11 2023-08-16'],
  ])('is read from “%s”', (text, expected) => {
    expect(span(text)).toBe(expected);
  });

  it('leaves the year open where the question does', () => {
    const each = spans('When did we go camping in June?');
    expect(each.length).toBeGreaterThan(10);
    expect(each.every(({ fromMs }) => day(fromMs).endsWith('-06-01'))).toBe(true);
  });

  it.each([
    'May I ask something?',
    'ideas for the march',
    'a 5/6 chance',
    'eight out of ten',
    'room 2023b',
    'How many weeks last the courses?',
    'Was steht hier?',
    'Der Sommer in der Stadt',
    'Il y a deux chats dans le jardin',
    'Este libro es de mi madre',
  ])('is not read from “%s”', (text) => expect(spans(text)).toEqual([]));

  it('begins and ends where the day does for the person, also when the clocks change', () => {
    const [lisbon] = spans('on 15 July 2023', 'Europe/Lisbon');
    expect(lisbon).toEqual({ fromMs: Date.parse('2023-07-14T23:00:00Z'), toMs: Date.parse('2023-07-15T23:00:00Z') });
    const [short] = spans('on 26 March 2023', 'Europe/Lisbon');
    expect((short?.toMs ?? 0) - (short?.fromMs ?? 0)).toBe(23 * 3_600_000);
    expect(spans('yesterday', 'no/where')).toEqual(spans('yesterday'));
  });

  it('counts in full inside, and less and less after it', () => {
    const may = spans('in May 2023');
    const at = (date: string) => nearness(Date.parse(date), may);
    expect(at('2023-05-20')).toBe(1);
    expect(at('2023-06-03')).toBeGreaterThan(at('2023-06-10'));
    expect(at('2023-06-20')).toBe(0);
    expect(at('2023-04-01')).toBe(0);
  });

  it('may be now', () => {
    expect(asksLatest('What is my current address?')).toBe(true);
    expect(asksLatest('The current in the river was strong')).toBe(true);
    expect(asksLatest('What did I cook recently?')).toBe(false);
    expect(asksLatest('Was ist meine aktuelle Adresse?')).toBe(true);
    expect(asksLatest('Quelle est mon adresse actuelle ?')).toBe(true);
    expect(asksLatest('¿Cuál es mi dirección actual?')).toBe(true);
    expect(asksLatest('How much is my rent now?')).toBe(true);
    expect(asksLatest('Do I still own the car?')).toBe(true);
    expect(asksLatest('In welcher Straße wohnen wir jetzt?')).toBe(true);
    expect(asksLatest('¿Todavía trabajo en la biblioteca?')).toBe(true);
    expect(asksLatest('I know how to build it')).toBe(false);
  });

  it('is read from any text without failing, and every span runs forwards', () => {
    const words = fc.constantFrom(
      'May',
      '31',
      'February',
      '2023',
      'last',
      'week',
      'before',
      'between',
      'and',
      '99',
      'ago',
      'of',
      'vor',
      'letzten',
      'Wochen',
      'il y a',
      'dernière',
      'semaine',
      'antes del',
      'primavera',
      'l’',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(words).map((all) => all.join(' ')),
        ),
        (text) => {
          for (const { fromMs, toMs } of spans(text)) expect(fromMs).toBeLessThan(toMs);
        },
      ),
    );
  });
});
