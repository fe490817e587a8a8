import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRows, csvTable } from './csv.ts';

describe('CSV', () => {
  it('is read with quotes, commas, line breaks and a byte order mark', () => {
    const text = '\uFEFFa,b\r\n"x ""y""","1,\n2"\r\n\r\n,last';
    const rows = csvRows(text);
    expect(rows.map(({ fields }) => fields)).toEqual([
      ['a', 'b'],
      ['x "y"', '1,\n2'],
      ['', 'last'],
    ]);
    expect(rows.map(({ start, end }) => text.slice(start, end))).toEqual(['a,b', '"x ""y""","1,\n2"', ',last']);
  });

  it('gives back whatever was written', () => {
    const field = fc.string({ maxLength: 8 }).map((text) => text.replaceAll('\uFEFF', ''));
    fc.assert(
      fc.property(
        fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        (table) => {
          const text = table
            .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','))
            .join('\r\n');
          expect(csvRows(text).map(({ fields }) => fields)).toEqual(table);
        },
      ),
    );
  });

  it('gives back whatever was written with any separator, quoted or not', () => {
    const field = fc.string({ maxLength: 8 }).map((text) => text.replaceAll(/[\uFEFF"]/g, ''));
    fc.assert(
      fc.property(
        fc.constantFrom(',', ';', '\t', '|'),
        fc.array(fc.array(field, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 5 }),
        (separator, rows) => {
          const table = [['a', 'b'], ...rows];
          const text = table.map((row) => row.map((value) => `"${value}"`).join(separator)).join('\n');
          expect(csvTable(text)).toMatchObject({ separator, rows: table.map((fields) => ({ fields })) });
        },
      ),
    );
  });

  it('ends for anything', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('"', ',', '\n', '\r', 'x')), (bits) => void csvRows(bits.join(''))));
  });
});
