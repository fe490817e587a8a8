import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localTime } from './local-time.ts';
import { isDayFirst, writtenTime } from './written-time.ts';

describe('times in other languages', () => {
  it.each([
    ['05.01.2026, 10:00:05 MEZ', '2026-01-05T09:00:05Z'],
    ['5. Jan. 2026, 22:00:05 MEZ', '2026-01-05T21:00:05Z'],
    ['5. März 2026 um 10:00:05 Uhr', '2026-03-05T10:00:05Z'],
    ['5 janv. 2026, 10:00:05 CET', '2026-01-05T09:00:05Z'],
    ['1 févr. 2026 à 10:00:05 CET', '2026-02-01T09:00:05Z'],
    ['12 août 2026, 10:00:05 CEST', '2026-08-12T08:00:05Z'],
    ['5 sept 2026, 10:00:05 p.\u00a0m. GMT-05:00', '2026-09-06T03:00:05Z'],
    ['5 ene. 2026 10:00:05 CET', '2026-01-05T09:00:05Z'],
    ['5 de jan. de 2026, 10:00:05 BRT', '2026-01-05T13:00:05Z'],
    ['5 de janeiro de 2026 às 10:00:05', '2026-01-05T10:00:05Z'],
    ['5 gen 2026, 10:00:05 CET', '2026-01-05T09:00:05Z'],
    ['5 mrt 2026, 10:00:05 CET', '2026-03-05T09:00:05Z'],
    ['5 sty 2026, 10:00:05 CET', '2026-01-05T09:00:05Z'],
    ['5. 1. 2026 10:00:05 SEČ', '2026-01-05T09:00:05Z'],
    ['5. jan. 2026 kl. 10.00.05 CET', '2026-01-05T09:00:05Z'],
    ['5.1.2026 klo 10.00.05 EET', '2026-01-05T08:00:05Z'],
    ['5 янв. 2026 г., 10:00:05 MSK', '2026-01-05T07:00:05Z'],
    ['5 Oca 2026 10:00:05 TRT', '2026-01-05T07:00:05Z'],
    ['2026/01/05 10:00:05 JST', '2026-01-05T01:00:05Z'],
    ['2026年1月5日 10:00:05 JST', '2026-01-05T01:00:05Z'],
    ['2026年1月5日 GMT+8 22:00:05', '2026-01-05T14:00:05Z'],
    ['2026年1月5日 下午10:00:05', '2026-01-05T22:00:05Z'],
    ['2026年1月5日 上午12:00:05', '2026-01-05T00:00:05Z'],
    ['2026年1月5日 10時00分05秒', '2026-01-05T10:00:05Z'],
    ['2026. 1. 5. 오후 10:00:05 KST', '2026-01-05T13:00:05Z'],
    ['2026. jan. 5. 10:00:05 CET', '2026-01-05T09:00:05Z'],
    ['10:00:05 5 thg 1, 2026 GMT+7', '2026-01-05T03:00:05Z'],
    ['Sept. 5, 2026, 10:00:05\u202fPM UTC', '2026-09-05T22:00:05Z'],
    ['17/02/2026 14:36', '2026-02-17T14:36:00Z'],
    ['17/02/2026, 14:36:11 GMT+1', '2026-02-17T13:36:11Z'],
  ])('reads %s', (text, iso) => {
    expect(writtenTime(text).time).toEqual({ ms: Date.parse(iso), raw: text });
  });

  it.each([
    '5 foo 2026, 10:00:05',
    '5. lis 2026, 10:00:05',
    '05.01.2026, 10:00:05 XYZ',
    '5 ene. 2026 cerca de 10:00',
    '05.13.2026, 10:00',
    'Version 1.2.2026 of 10:00',
  ])('does not guess at %s', (text) => {
    expect(writtenTime(text).time.ms).toBeNull();
  });

  it.each([
    'de',
    'fr',
    'es',
    'pt-BR',
    'it',
    'nl',
    'sv',
    'pl',
    'cs',
    'ru',
    'tr',
    'ja',
    'zh-CN',
    'zh-TW',
    'ko',
    'fi',
    'da',
    'en-GB',
    'en-US',
  ])('reads back what %s writes of any day', (locale) => {
    const written = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 0, 1) }), (ms) => {
        const whole = ms - (ms % 1000);
        // Numbers between slashes say by themselves which is the month only where a day is beyond 12.
        const time = writtenTime(written.format(whole), true).time.ms;
        expect(`${written.format(whole)} ${time}`).toBe(`${written.format(whole)} ${whole}`);
      }),
    );
  });

  it('never throws, and answers soon', () => {
    const bits = fc.constantFrom('5', '1', '2026', '.', '/', ' ', ':', '10', '00', 'jan', 'de', 'PM', '年', '月', 'à');
    fc.assert(fc.property(fc.array(bits, { maxLength: 40 }), (list) => void localTime(list.join(''))));
  });
});

it('a table says by its dates which number is the month', () => {
  expect(isDayFirst(['1/2/2026 10:00', '13/2/2026 10:00'], false)).toBe(true);
  expect(isDayFirst(['1/2/2026 10:00'], false)).toBe(false);
  expect(isDayFirst(['1/2/2026 10:00'], true)).toBe(true);
  expect(isDayFirst(['1/13/2026 10:00'], true)).toBe(false);
});
