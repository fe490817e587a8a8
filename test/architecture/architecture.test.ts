/** The house as a test: the import table, the powers table, the manifests, the size of files. One bad file fails it. */
import { describe, expect, it } from 'vitest';
import { circlesIn } from './circles.ts';
import { forbiddenDependencies, violations } from './rules.ts';
import { manifestOf, type SourceFile, sourceFile, sourceFiles } from './source-files.ts';

const files = sourceFiles();

describe('the house', () => {
  it('has files to look at', () => {
    expect(files.length).toBeGreaterThan(100);
  });

  it('lets nobody walk where they may not', () => {
    expect(files.flatMap(violations)).toEqual([]);
  });

  it('goes one way: no file imports what imports it', () => {
    expect(circlesIn(files)).toEqual([]);
  });

  it('would see one, however long', () => {
    const chain = ['a', 'b', 'c', 'd'].map((path, ix, all) => ({ path, atLoad: [all[(ix + 1) % 4] ?? '', 'x'] }));
    expect(circlesIn([...chain, { path: 'x', atLoad: [] }])).toEqual([['a', 'b', 'c', 'd']]);
    expect(circlesIn([...chain.slice(0, 3), { path: 'd', atLoad: ['x'] }])).toEqual([]);
  });

  it.each(Object.entries(forbiddenDependencies))('%s cannot even name what is not its business', (name, forbidden) => {
    const manifest = manifestOf(name);
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(declared.filter((dependency) => forbidden.includes(dependency))).toEqual([]);
  });

  it('imports only packages its manifest declares', () => {
    const undeclared = files.flatMap((file) => {
      const name = file.path.split('/')[1] ?? '';
      const declared = new Set(Object.keys({ ...manifestOf(name).dependencies, ...manifestOf(name).devDependencies }));
      return file.imports
        .filter(
          (target) => !target.startsWith('node:') && !target.startsWith('packages/') && !target.startsWith('virtual:'),
        )
        .map((target) =>
          target
            .split('/')
            .slice(0, target.startsWith('@') ? 2 : 1)
            .join('/'),
        )
        .filter((target) => !declared.has(target) && target !== 'packages')
        .map((target) => `${file.path} imports ${target}, which packages/${name}/package.json does not declare`);
    });
    expect(undeclared).toEqual([]);
  });

  it('keeps every file under 400 lines and says in its first lines what it owns', () => {
    expect(files.filter((file) => file.source.split('\n').length > 400).map((file) => file.path)).toEqual([]);
    expect(files.filter((file) => !file.source.startsWith('/**')).map((file) => file.path)).toEqual([]);
  });

  it('has no home for Managers, Helpers and Utils', () => {
    const vague = /((^|[/-])(manager|helpers?|utils?|base|common|misc)|\/index)\.tsx?$/;
    expect(files.filter((file) => vague.test(file.path)).map((file) => file.path)).toEqual([]);
  });
});

describe("the operator's room", () => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  /** What is loaded when a file is: types alone load nothing. */
  const loadedBy = ({ text }: SourceFile, path: string): readonly string[] =>
    sourceFile(path, text.replace(/^(import|export) type [\s\S]*?;$/gm, '')).imports;

  /** Every file of the project that is loaded with one of the room. */
  function reachable(): Set<string> {
    const seen = new Set<string>();
    const queue = files.map(({ path }) => path).filter((path) => path.startsWith('packages/gateway/src/admin/'));
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      const file = byPath.get(path);
      if (file === undefined || seen.has(path)) continue;
      seen.add(path);
      queue.push(...loadedBy(file, path));
    }
    return seen;
  }

  it('has no way to content: no proxy, no ticket, no key of a space, no maker of principals is loaded with it', () => {
    const reached = [...reachable()];
    expect(reached.length).toBeGreaterThan(20);
    const content =
      /\/(http|fleet|oauth)\/|\/keys\/(kek|keks|kek-(?!control)[a-z]+|key-wraps|space-keys|wrap-file|sealed-bytes)\.ts|\/auth\/gateway\.ts|packages\/engine/;
    expect(reached.filter((path) => content.test(path))).toEqual([]);
  });

  it('is not reached by the API: no route of it answers over TCP', () => {
    const inHttp = files.filter(({ path }) => path.startsWith('packages/gateway/src/http/'));
    expect(inHttp.flatMap(({ imports }) => imports).filter((path) => path.includes('/admin/'))).toEqual([]);
  });
});

describe('one bad file fails it', () => {
  it.each([
    ['an engine that imports the gateway', 'packages/engine/src/http/x.ts', "import { a } from '@vivim/gateway/app';"],
    ['a gateway that imports the engine', 'packages/gateway/src/http/x.ts', "export * from '@vivim/engine/log';"],
    [
      'capture that reaches for SQLite',
      'packages/engine/src/capture/x.ts',
      "import { a } from '../sqlite/database.ts';",
    ],
    [
      'a store that imports the context engine',
      'packages/engine/src/space/x.ts',
      "const a = await import('../context/budget.ts');",
    ],
    ['a second maker of principals', 'packages/gateway/src/http/x.ts', 'const p = new Principal(user);'],
    [
      'capture that opens an upload in a second place',
      'packages/engine/src/capture/x.ts',
      "import { openUploadedDatabase } from '../sqlite/uploaded-database.ts';",
    ],
    ['a source that opens an upload', 'packages/engine/src/capture/sources/x.ts', 'openUploadedDatabase(bytes);'],
    ['a second opener of databases', 'packages/engine/src/http/x.ts', 'openConnection(path, key);'],
    [
      'the driver outside its room',
      'packages/engine/src/space/x.ts',
      "import Database from 'better-sqlite3-multiple-ciphers';",
    ],
    ['PostgreSQL outside master', 'packages/gateway/src/auth/x.ts', "import pg from 'pg';"],
    ['a spawn outside the fleet', 'packages/gateway/src/http/x.ts', "import { spawn } from 'node:child_process';"],
    ['the environment read in passing', 'packages/gateway/src/http/x.ts', 'const a = process.env.HOME;'],
    ['a clock of its own', 'packages/engine/src/context/x.ts', 'const t = Date.now();'],
    ['a socket outward', 'packages/engine/src/context/x.ts', "import net from 'node:net';"],
    ['Node in the contract', 'packages/contract/src/x.ts', "import { hash } from 'node:crypto';"],
    [
      'an operator who reaches for the proxy',
      'packages/gateway/src/admin/x.ts',
      "import { a } from '../http/proxy.ts';",
    ],
    [
      'an operator who reaches for the fleet',
      'packages/gateway/src/admin/x.ts',
      "import { a } from '../fleet/engines.ts';",
    ],
    ['an operator who reads wraps', 'packages/gateway/src/admin/x.ts', "import { a } from '../keys/space-keys.ts';"],
    ['an operator who opens a KEK', 'packages/gateway/src/admin/x.ts', "import { a } from '../keys/keks.ts';"],
    ['an operator who makes a ticket', 'packages/gateway/src/admin/x.ts', 'tickets.mint(row, caller);'],
    ['a key unwrapped outside its rooms', 'packages/gateway/src/lifecycle/x.ts', 'await keys.unwrap(storageId);'],
    ['a thread in passing', 'packages/engine/src/context/x.ts', "import { Worker } from 'node:worker_threads';"],
    ['a room that is not on the plan', 'packages/engine/src/extras/x.ts', 'export const a = 1;'],
  ])('%s', (_, path, text) => {
    expect(violations(sourceFile(path, text))).not.toEqual([]);
  });

  it('and a good file does not', () => {
    const good = "import { AppError } from '@vivim/contract/errors';\nimport { open } from '../sqlite/database.ts';";
    expect(violations(sourceFile('packages/engine/src/space/x.ts', good))).toEqual([]);
  });
});
