/** A bad place for a file is told before anything is asked of the server. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CliError } from '../cli-error.ts';
import { assertFree } from './destination.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'vivim-destination-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(path.join(folder, 'there'), '');

function refusal(name: string): [string, string] | null {
  try {
    assertFree(path.join(folder, name));
    return null;
  } catch (error) {
    if (error instanceof CliError) return [error.failure, error.message];
    throw error;
  }
}

describe('the place of a file', () => {
  it('is free', () => expect(refusal('new.md')).toBeNull());
  it.each([
    ['there', 'already_there', 'is not replaced'],
    ['', 'usage', 'is a folder: name a file in it'],
    ['none/new.md', 'usage', 'there is no folder'],
    ['there/new.md', 'usage', 'is not a folder'],
  ])('%s is refused', (name, failure, words) => {
    expect(refusal(name)).toEqual([failure, expect.stringContaining(words)]);
  });
});
