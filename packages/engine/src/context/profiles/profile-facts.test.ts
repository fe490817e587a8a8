import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldKey, numeronymIn, numeronymOf } from '../../space/name-links.ts';
import { abbreviationsIn } from './abbreviations.ts';
import { looksLikeCode } from './code-words.ts';
import { isGerman } from './german.ts';
import { standing } from './hierarchy.ts';
import { monthsOf, rhythmOf } from './rhythm.ts';
import { rolesIn } from './roles.ts';

const day = 86_400_000;
const hour = (at: string, messages = 1) => ({ hour: Math.floor(Date.parse(at) / 3_600_000), messages });

describe('a short form', () => {
  it.each([
    ['We use retrieval augmented generation (RAG) here.', 'RAG', 'retrieval augmented generation'],
    ['Our K8s (Kubernetes) cluster', 'K8s', 'Kubernetes'],
    ['CI, short for continuous integration, is slow', 'CI', 'continuous integration'],
    ['the World Health Organization (WHO) says', 'WHO', 'World Health Organization'],
  ])('in “%s”', (text, short, long) => expect(abbreviationsIn(text)).toEqual([{ short, long }]));
  it.each(['I called her (twice) today.', 'See the docs (PDF).', 'Paris (France) is nice.', 'He (Tom) left.'])(
    'is none in “%s”',
    (text) => expect(abbreviationsIn(text)).toEqual([]),
  );
  it('is looked for in any text', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const { short, long } of abbreviationsIn(text)) expect(long.length).toBeGreaterThan(short.length);
      }),
    ));
  it('of a long word counts its letters', () => {
    expect(numeronymOf('kubernetes')).toBe('k8s');
    expect(numeronymIn('k8s')).toEqual({ first: 'k', last: 's', length: 10 });
    expect([numeronymIn('b2b'), numeronymIn('mp3'), numeronymOf('two words')]).toEqual([null, null, null]);
    expect([foldKey('e-mail'), foldKey('Émail'), foldKey('c++')]).toEqual(['email', 'email', '']);
  });
});

describe('a role', () => {
  it.each([
    ['my daughter Emma laughs', 'daughter', 'Emma'],
    ['Emma is my older sister', 'sister', 'Emma'],
    ['Meine Frau Katrin kocht', 'wife', 'Katrin'],
    ["ma sœur s'appelle Élodie", 'sister', 'Élodie'],
    ['mi jefe llegó tarde', 'boss', null],
    ['I called Mom', 'mother', null],
  ])('in “%s”', (text, role, name) => expect(rolesIn(text)).toEqual([{ role, name }]));
  it.each(['her daughter Emma', 'the boss Tom', 'my daughterly love', 'someone’s mother'])('is none in “%s”', (text) =>
    expect(rolesIn(text)).toEqual([]),
  );
});

describe('the wider of two topics', () => {
  it('has its words in the other', () => {
    const beside = (key: string, shared: number, messages: number, own = 10) => ({ key, shared, messages, own });
    expect(standing('sourdough starter', beside('sourdough', 1, 40))).toBe('wider');
    expect(standing('bread', beside('sourdough bread', 1, 4))).toBe('narrower');
    expect(standing('bread', beside('breadboard', 1, 4))).toBeNull();
    expect(standing('levain', beside('baking', 9, 40))).toBe('wider');
    expect(standing('baking', beside('levain', 9, 10, 40))).toBe('narrower');
    expect(standing('flour', beside('water', 9, 10))).toBeNull();
  });
});

describe('when a topic comes up', () => {
  const now = Date.parse('2025-06-15T12:00:00Z');
  it('is told by days in a row, hours and months', () => {
    const hours = [
      hour('2025-05-01T09:00:00Z', 2),
      hour('2025-05-02T09:00:00Z'),
      hour('2025-05-03T20:00:00Z'),
      hour('2025-06-10T09:00:00Z'),
    ];
    expect(rhythmOf(hours, now)).toEqual({ trend: 'rising', days: 4, longestStreak: 3, peakHour: 9 });
    expect(monthsOf(hours)).toEqual([
      { month: '2025-05', messages: 4 },
      { month: '2025-06', messages: 1 },
    ]);
  });
  it('holds where no time is known, and where a clock went back', () => {
    expect(rhythmOf([], now)).toEqual({ trend: 'quiet', days: 0, longestStreak: 0, peakHour: null });
    const past = rhythmOf([hour('1901-01-01T23:00:00Z')], now);
    expect(past).toEqual({ trend: 'quiet', days: 1, longestStreak: 1, peakHour: 23 });
    expect(rhythmOf([hour('2999-01-01T00:00:00Z')], now).trend).toBe('rising');
  });
  it('is some trend for any times', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 })), fc.integer(), (list, at) => {
        const hours = [...new Set(list)].sort((a, b) => a - b).map((one) => ({ hour: one, messages: 1 }));
        const told = rhythmOf(hours, at * day);
        expect(told.longestStreak).toBeLessThanOrEqual(told.days);
        expect(told.days).toBeLessThanOrEqual(hours.length);
      }),
    ));
});

describe('a piece of code', () => {
  it.each(['utils.ts', 'getUserById', 'user_name', 'a1b2c3d4', 'src/app/main'])('is %s', (word) =>
    expect(looksLikeCode(word)).toBe(true),
  );
  it.each(['Node.js', 'iPhone', 'macOS', 'PostgreSQL', 'CI/CD', 'sourdough bread'])('is not %s', (word) =>
    expect(looksLikeCode(word)).toBe(false),
  );
});

describe('German', () => {
  it('is told from its neighbours', () => {
    expect(isGerman('Ich habe die Wohnung in Leipzig gemietet.')).toBe(true);
    expect(isGerman('I have rented the flat in Leipzig and it is nice.')).toBe(false);
    expect(isGerman('Ik heb het huis van de buren en ik ben blij.')).toBe(false);
  });
});
