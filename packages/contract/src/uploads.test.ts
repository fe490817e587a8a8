import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sources } from './conversation.ts';
import { uploadMetadata } from './tus.ts';
import { parseUploadMetadata } from './uploads.ts';

const refused = (header: string) => expect(() => parseUploadMetadata(header)).toThrow();

describe('Upload-Metadata', () => {
  it('says the same at the other end, whatever the name of the file', () => {
    const said = fc.record({
      fileName: fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' }).filter((name) => name.length <= 255),
      source: fc.option(fc.constantFrom(...sources, 'vivim' as const)),
      head: fc.option(fc.stringMatching(/^[0-9a-f]{64}$/)),
      watched: fc.option(fc.stringMatching(/^[0-9a-f]{64}$/)),
    });
    fc.assert(
      fc.property(said, (metadata) => {
        expect(parseUploadMetadata(uploadMetadata(metadata))).toEqual(metadata);
      }),
    );
  });

  it('of other clients is understood where we know the key, and passed over where not', () => {
    const header = 'relativePath bnVsbA==,filename ZXhwb3J0LnppcA==, filetype,is_confidential';
    expect(parseUploadMetadata(header)).toEqual({ fileName: 'export.zip', source: null, head: null, watched: null });
    expect(parseUploadMetadata(undefined)).toEqual({ fileName: 'upload', source: null, head: null, watched: null });
  });

  it('that is no base64, no UTF-8, or names no source is refused', () => {
    refused('filename %%%');
    refused('filename /w==');
    refused('filename');
    refused('source bm93aGVyZQ==');
    refused('head YWJj');
  });
});
