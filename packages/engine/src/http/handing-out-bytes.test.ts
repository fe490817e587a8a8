/** Ranges and names of files that are handed out: whatever is asked for, and whatever a file is called. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangeOf } from './byte-range.ts';
import { contentDisposition } from './content-disposition.ts';

describe('a range', () => {
  it('lies within the file, or is refused, or is the whole', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.option(fc.nat(2000)), fc.option(fc.nat(2000)), (size, first, last) => {
        const header = `bytes=${first ?? ''}-${last ?? ''}`;
        let range: ReturnType<typeof rangeOf>;
        try {
          range = rangeOf(header, size);
        } catch (error) {
          expect(error).toMatchObject({ code: 'range_invalid' });
          return;
        }
        if (range === null) return;
        expect(range.from).toBeGreaterThanOrEqual(0);
        expect(range.from).toBeLessThan(range.to);
        expect(range.to).toBeLessThanOrEqual(size);
        if (first !== null) expect(range.from).toBe(first);
      }),
    );
  });
  it('that is none asks for the whole', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        fc.pre(!header.startsWith('bytes='));
        expect(rangeOf(header, 10)).toBeNull();
      }),
    );
    expect(rangeOf(null, 10)).toBeNull();
  });
});

describe('a name', () => {
  it('never leaves its header, names no place, and is read back where it is plain', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const header = contentDisposition('attachment', name);
        expect(header).toMatch(
          /^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]+"(?:; filename\*=UTF-8''[\w.!~%-]+)?$/,
        );
        expect(header).not.toMatch(/filename="\.|\/|\.\.\//);
        expect(() => new Headers({ 'content-disposition': header })).not.toThrow();
      }),
    );
    expect(contentDisposition('inline', 'Summer 2026.png')).toBe('inline; filename="Summer 2026.png"');
    expect(contentDisposition('attachment', 'Grüße.pdf')).toBe(
      `attachment; filename="Gr__e.pdf"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.pdf`,
    );
  });
});
