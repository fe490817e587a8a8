import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytes, count, day, duration, oneLine, plain, table, titleOf } from './text.ts';

describe('captured text in a terminal', () => {
  it('loses its escape sequences and keeps its words', () => {
    expect(plain('\u001b[31mred\u001b[0m \u001b]0;title\u0007line\r\nnext\tcolumn\u202e')).toBe(
      'red line\nnext\tcolumn',
    );
  });

  it('can never hold a control character but line feed and tab', () => {
    const control = fc.constantFrom(
      '\u001b[2J',
      '\u001b',
      '\u009b1m',
      '\u0007',
      '\r',
      '\u0000',
      'é',
      '中',
      '🫖',
      '\n',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(control, fc.string({ unit: 'binary' }))), (pieces) => {
        expect(plain(pieces.join(''))).not.toMatch(/[^\P{Cc}\n\t]/u);
      }),
    );
  });

  it('fits in one line of the width asked for', () => {
    expect(oneLine('  two\nlines  ', 20)).toBe('two lines');
    expect(oneLine('🫖🫖🫖🫖', 3)).toBe('🫖🫖…');
    expect(titleOf('  ')).toBe('Untitled');
  });
});

describe('values', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [999_499, '999 kB'],
    [999_600, '1.0 MB'],
    [2 * 1024 ** 3, '2.1 GB'],
  ])('%d bytes are %s', (number, text) => expect(bytes(number)).toBe(text));

  it.each([
    [0, '0:00'],
    [7.4, '0:07'],
    [151, '2:31'],
    [3_729, '1:02:09'],
  ])('%d seconds are %s', (seconds, text) => expect(duration(seconds)).toBe(text));

  it('counts in words', () => {
    expect([count(1, 'entity', 'entities'), count(1200, 'entity', 'entities')]).toEqual(['1 entity', '1,200 entities']);
  });

  it('shows the day, or that there is none', () => {
    expect([day('2024-03-12T08:00:00.000Z'), day(null)]).toEqual(['2024-03-12', '—']);
  });

  it('lines columns up', () => {
    expect(
      table([
        ['a', 'long', 'x'],
        ['bbb', 'c', ''],
      ]),
    ).toBe('a    long  x\nbbb  c');
  });
});
