/** What `vivim` becomes: the command as it was built, or its sources where it was not built of them. In a checkout of our own. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
let checkout: string;
const within = (...parts: string[]): string => path.join(checkout, ...parts);
const node = (...args: string[]): string => execFileSync(process.execPath, args, { encoding: 'utf8' }).trim();
const vivim = (...args: string[]): string => node(within('packages/cli/bin/vivim.mjs'), ...args);
const build = () =>
  node(
    '--input-type=module',
    '--eval',
    `const { ensureBuilt } = await import(${JSON.stringify(within('scripts/bootstrap/builds.mjs'))}); ensureBuilt(['cli'], process.execPath);`,
  );

beforeAll(() => {
  checkout = mkdtempSync(path.join(tmpdir(), 'vivim-checkout-'));
  for (const place of ['scripts/bootstrap', 'packages/cli/bin'])
    cpSync(path.join(root, place), within(place), { recursive: true });
  for (const place of ['cli/src', 'cli/dist', 'client/src', 'contract/src'])
    mkdirSync(within('packages', place), { recursive: true });
  for (const file of ['package-lock.json', 'packages/cli/package.json']) writeFileSync(within(file), '{}');
  writeFileSync(within('scripts/zod-in-english.mjs'), '');
  writeFileSync(within('packages/cli/src/main.ts'), "console.log('sources', ...process.argv.slice(2));\n");
  writeFileSync(
    within('scripts/build-cli.mjs'),
    `import { writeFileSync } from 'node:fs';
    writeFileSync('packages/cli/dist/vivim.mjs', "console.log('built', ...process.argv.slice(2));");`,
  );
});
afterAll(() => rmSync(checkout, { recursive: true, force: true }));

it('runs from its sources until it is built, and again once they are others', () => {
  expect(vivim('search', 'tea')).toBe('sources search tea');
  build();
  expect(vivim('search', 'tea')).toBe('built search tea');
  appendFileSync(within('packages/cli/src/main.ts'), '// another\n');
  expect(vivim('search', 'tea')).toBe('sources search tea');
  build();
  expect(vivim('search', 'tea')).toBe('built search tea');
});

it('keeps a server from its sources, whose modules the gateway shares', () => {
  build();
  for (const words of [
    ['backup', 'list'],
    ['--json', 'audit', 'verify'],
  ])
    expect(vivim(...words)).toBe(`sources ${words.join(' ')}`);
});
