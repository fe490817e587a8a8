/** What the page says itself is not said a second time in the server's own sentence. */
import { describe, expect, it } from 'vitest';
import { detailBeside } from './said-by-code.ts';

describe('the sentence of the server beside the title of its code', () => {
  it.each([
    [
      'import_archive_invalid',
      'The archive cannot be read. Its directory is not there.',
      'Its directory is not there.',
    ],
    ['import_archive_invalid', 'The archive cannot be read.', null],
    ['import_archive_invalid', 'Its directory is not there.', 'Its directory is not there.'],
    ['no_code_of_ours', 'Something else.', 'Something else.'],
    ['toString', 'Something else.', 'Something else.'],
  ])('%s: %s', (code, detail, shown) => {
    expect(detailBeside(code, detail)).toBe(shown);
  });
});
