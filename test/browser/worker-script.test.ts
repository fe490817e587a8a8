/** Whoever has the worker gets every change of a file it keeps, whether its name changes with it or not. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { workerScript } from '../../packages/web/worker-script.ts';
import { root } from '../architecture/source-files.ts';

let publicDir = '';
beforeEach(() => {
  publicDir = mkdtempSync(join(tmpdir(), 'vivim-worker-'));
  cpSync(join(root, 'packages/web/public'), publicDir, { recursive: true });
});
afterEach(() => rmSync(publicDir, { recursive: true, force: true }));

const script = (page = '<!doctype html>', hashed = ['/assets/app-B3xK9q_Z.js']) =>
  workerScript({ publicDir, page, hashed });

it('is the same for the same build', () => {
  expect(script()).toBe(script());
  expect(script()).toContain('"/early.js"');
});

it.each(['early.js', 'favicon.svg', 'manifest.webmanifest', 'icon-192.png'])(
  'is another one when %s changed',
  (name) => {
    const before = script();
    writeFileSync(join(publicDir, name), 'changed');
    expect(script()).not.toBe(before);
  },
);

it('is another one when the page or a name changed', () => {
  expect(script('<!doctype html><title>new</title>')).not.toBe(script());
  expect(script(undefined, ['/assets/app-C4yL0r_A.js'])).not.toBe(script());
});
