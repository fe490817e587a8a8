/** What bytes are, by how they begin: never by a name, and never with an error, whatever they are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pngOf, wavOf } from '../../../../test/kit/media.ts';
import { mediaOf, shownAs } from './media-type.ts';

const of = (...pieces: (string | number[])[]): Buffer =>
  Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : Buffer.from(piece))));

describe('the type of a file', () => {
  it.each<[string, Buffer, string | null, string | null]>([
    ['PNG', pngOf(3, 2), 'image/png', 'image'],
    ['GIF', of('GIF89a', [3, 0, 2, 0, 0, 0, 0]), 'image/gif', 'image'],
    ['WebP', of('RIFF', [36, 0, 0, 0], 'WEBPVP8 '), 'image/webp', 'image'],
    ['AVIF', of([0, 0, 0, 32], 'ftypavif', [0, 0, 0, 0], 'avifmif1'), 'image/avif', 'image'],
    ['WAV', wavOf(1), 'audio/wav', 'audio'],
    ['Ogg', of('OggS', [0, 2]), 'audio/ogg', 'audio'],
    ['M4A', of([0, 0, 0, 32], 'ftypM4A ', [0, 0, 2, 0]), 'audio/mp4', 'audio'],
    ['MP4', of([0, 0, 0, 32], 'ftypisom', [0, 0, 2, 0], 'isomiso2'), 'video/mp4', 'video'],
    ['WebM', of([0x1a, 0x45, 0xdf, 0xa3], 'xxB\x82\x84webm'), 'video/webm', 'video'],
    ['PDF', of('%PDF-1.7'), 'application/pdf', null],
    ['SVG', of('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml', null],
    ['HTML', of('<!doctype html><script>'), null, null],
    ['plain text', of('image/png, says this text'), null, null],
    ['a picture that is a page behind its first bytes', of('<html>', '\x89PNG\r\n\x1a\n'), null, null],
  ])('%s', (_, bytes, mime, as) => {
    const media = mediaOf(bytes);
    expect([media.mime, shownAs(media.mime)]).toEqual([mime, as]);
  });
  it('knows how large a picture is', () => {
    expect(mediaOf(pngOf(31, 17))).toEqual({ mime: 'image/png', width: 31, height: 17 });
  });
  it('answers for any bytes, also behind a true beginning', () => {
    const starts = [
      pngOf(2, 2).subarray(0, 16),
      of('GIF89a'),
      of([0xff, 0xd8, 0xff, 0xe0]),
      of('RIFF____WEBP'),
      of([0, 0, 0, 32], 'ftypavif'),
    ];
    fc.assert(
      fc.property(fc.constantFrom(Buffer.alloc(0), ...starts), fc.uint8Array({ maxLength: 200 }), (start, rest) => {
        const { width, height } = mediaOf(Buffer.concat([start, rest]));
        expect(width === null).toBe(height === null);
      }),
    );
  });
});
