/** The kernel's figures, of the machine and of a control group, as they are written. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { groupMemory, readMemory } from './memory.ts';

function group(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'vivim-test-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  return root;
}

it('of a group with a limit: what is unused, and cached files nobody has touched lately', () => {
  const files = {
    'memory.max': '1000000\n',
    'memory.current': '900000\n',
    'memory.stat': 'anon 1\ninactive_file 300000\n',
  };
  expect(groupMemory(group(files))).toEqual({ totalBytes: 1_000_000, availableBytes: 400_000 });
});

it('of a group without one, or of none: nothing', () => {
  expect(groupMemory(group({ 'memory.max': 'max\n', 'memory.current': '1\n' }))).toBeNull();
  expect(groupMemory(group({}))).toBeNull();
});

it('of this machine: more than nothing, and no more than there is', () => {
  const { totalBytes, availableBytes } = readMemory();
  expect(availableBytes).toBeGreaterThan(0);
  expect(availableBytes).toBeLessThanOrEqual(totalBytes);
});
