/** Every mutant still fits the code it breaks. Whether it is killed, `npm run mutants` says. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../architecture/source-files.ts';
import { mutants } from './all-mutants.ts';
import { edited } from './mutant.ts';

describe('mutants', () => {
  it('are at least twenty, each with a name of its own', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(20);
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });

  it.each(mutants.map((mutant) => [mutant.name, mutant] as const))('%s applies, once', (_, { edits, killedBy }) => {
    const texts = new Map<string, string>();
    for (const edit of edits) {
      const before = texts.get(edit.file) ?? readFileSync(join(root, edit.file), 'utf8');
      texts.set(edit.file, edited(before, edit));
      expect(texts.get(edit.file)).not.toBe(before);
    }
    for (const test of killedBy) expect(existsSync(join(root, test)), test).toBe(true);
  });
});
