import { AppError } from '@vivim/contract/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../../test/kit/property-runs.ts';
import { databaseOf } from '../../../../test/kit/sqlite-files.ts';
import { openUploadedDatabase, type UploadedDatabase } from './uploaded-database.ts';

const opened = <T>(bytes: Buffer, use: (database: UploadedDatabase) => T): T => {
  const database = openUploadedDatabase(bytes);
  try {
    return use(database);
  } finally {
    database.close();
  }
};

describe('an uploaded database', () => {
  it('shows its plain tables and their stored columns, and nothing that is computed', () => {
    const bytes = databaseOf(
      `CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT, loud TEXT AS (upper(text)) VIRTUAL);
       CREATE VIEW spied AS SELECT * FROM notes;
       CREATE VIRTUAL TABLE found USING fts5(text);
       CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM notes; END;`,
    );
    opened(bytes, ({ tables, rows }) => {
      expect(tables.get('notes')).toEqual(['id', 'text']);
      expect(tables.has('spied')).toBe(false);
      expect(tables.has('found')).toBe(false);
      expect([...rows('spied', ['text'])]).toEqual([]);
      expect([...rows('notes', ['text', 'loud'])]).toEqual([]);
    });
  });

  it('gives rows by a value or a prefix; a column that is not there is null, and a BLOB is the text it holds', () => {
    const bytes = databaseOf('CREATE TABLE kv (key TEXT PRIMARY KEY, value BLOB)', {
      kv: [
        { key: 'a:1', value: Buffer.from('ü') },
        { key: 'a:2', value: null },
        { key: 'a%', value: 'x' },
        { key: 'b', value: 'y' },
      ],
    });
    opened(bytes, ({ rows }) => {
      expect([...rows('kv', ['key', 'value', 'none'], { column: 'key', equals: 'a:1' })]).toEqual([
        { key: 'a:1', value: 'ü', none: null },
      ]);
      expect([...rows('kv', ['key'], { column: 'key', startsWith: 'a:' })].map(({ key }) => key)).toEqual([
        'a:1',
        'a:2',
      ]);
      expect([...rows('kv', ['key'], { column: 'none', equals: 'x' })]).toEqual([]);
    });
  });

  it('cannot be made to run what stands in its names', () => {
    const name = 'x"; DROP TABLE "x';
    const bytes = databaseOf(`CREATE TABLE "${name.replaceAll('"', '""')}" ("a"" b" TEXT)`, {});
    opened(bytes, ({ tables, rows }) => {
      expect([...tables.keys()]).toEqual([name]);
      expect([...rows(name, ['a" b'])]).toEqual([]);
    });
  });

  it('may have been left in WAL mode', () => {
    const bytes = databaseOf('CREATE TABLE t (a TEXT)', { t: [{ a: 'x' }] });
    bytes[18] = 2;
    bytes[19] = 2;
    opened(bytes, ({ rows }) => expect([...rows('t', ['a'])]).toEqual([{ a: 'x' }]));
  });

  it('that is damaged in any way is refused in words, or read as far as it is sound', () => {
    const whole = databaseOf('CREATE TABLE t (a TEXT)', {
      t: Array.from({ length: 300 }, (_, ix) => ({ a: `row ${ix} ${'x'.repeat(ix)}` })),
    });
    const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 30 }), fc.nat(whole.length), (changes, length) => {
        const bytes = Buffer.from(whole);
        for (const { at, byte } of changes) bytes[at] = byte;
        const given = length % 3 === 0 ? bytes.subarray(0, length) : bytes;
        try {
          opened(Buffer.from(given), ({ tables, rows }) => {
            for (const [table, columns] of tables) for (const _ of rows(table, columns));
          });
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: runs(150) },
    );
  });
});
