/** Forms of a noun are one form, and two nouns stay two. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldKey } from '../name-links.ts';
import { evenWord } from './even-word.ts';

describe('the forms of a noun', () => {
  it.each([
    ['закваска', 'закваску', 'закваской'],
    ['кухни', 'кухню', 'кухней'],
    ['المطبخ', 'مطبخ', 'والمطبخ', 'للمطبخ'],
    ['पहाड़ा', 'पहाड़े', 'पहाड़ों'],
    ['rechnung', 'rechnungen'],
    ['thermostate', 'thermostaten'],
    ['migración', 'migraciones'],
    ['infiltração', 'infiltrações'],
  ])('%s: are one', (...forms) => expect(new Set(forms.map(evenWord)).size).toBe(1));

  it.each([
    ['المدرسة', 'المدرس'],
    ['लड़का', 'लड़की'],
    ['reise', 'reis'],
    ['messe', 'messer'],
  ])('and %s and %s are two', (a, b) => expect(evenWord(a)).not.toBe(evenWord(b)));

  it('are one name where it is written down, of three letters too; バス is no パス', () => {
    expect(foldKey('ольгой сергеевной')).toBe(foldKey('ольга сергеевна'));
    expect(foldKey('миша')).toBe(foldKey('мишу'));
    expect(foldKey('バスケット')).not.toBe(foldKey('パスケット'));
    expect(foldKey('किताब')).not.toBe(foldKey('कुताब'));
  });

  it('can be asked for of any word', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (word) => typeof evenWord(word) === 'string'));
  });
});
