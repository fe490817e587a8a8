/**
 * The typed client as a stranger has it: built, put into a folder of its own with nothing of this repository but the package, checked
 * by a compiler and run against a server, beside the same examples in Python and curl. Two people: each example shows its own alone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../architecture/source-files.ts';
import { type CommonServer, commonServer } from '../kit/common-servers.ts';
import { type Person, signUp } from '../kit/people.ts';

const stranger = mkdtempSync(join(tmpdir(), 'vivim-stranger-'));
const people = new Map<string, { person: Person; token: string }>();
let server: CommonServer;

beforeAll(async () => {
  const built = spawnSync(process.execPath, [join(root, 'scripts/build-client.mjs')], { encoding: 'utf8' });
  expect(built.status, built.stderr).toBe(0);
  mkdirSync(join(stranger, 'node_modules/@vivim'), { recursive: true });
  cpSync(join(root, 'packages/client/dist'), join(stranger, 'node_modules/@vivim/client'), { recursive: true });
  // The one dependency of its manifest: of types.
  symlinkSync(join(root, 'node_modules/zod'), join(stranger, 'node_modules/zod'));
  cpSync(join(root, 'examples'), join(stranger, 'examples'), { recursive: true });
  server = await commonServer('off');
  for (const name of ['alice', 'bob']) {
    const person = await signUp(server.url);
    const { token } = await person.client.createToken({ body: { scopes: ['memory:read', 'memory:write'], days: 1 } });
    people.set(name, { person, token });
    await person.client.saveConversation({
      body: { externalId: name, title: `A secret of ${name}`, messages: [{ role: 'user', content: `I am ${name}.` }] },
    });
  }
}, 120_000);
afterAll(async () => {
  rmSync(stranger, { recursive: true, force: true });
});

function run(program: string, args: readonly string[], name: string, token = people.get(name)?.token ?? '') {
  const env = { PATH: process.env.PATH ?? '', VIVIM_SERVER: server.url, VIVIM_TOKEN: token };
  const child = spawn(program, args, { cwd: stranger, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, stdout, stderr })),
  );
}
const has = (program: string) => spawnSync(program, ['--version']).status === 0;

describe('the client as a package', () => {
  it('runs without this repository, and loads nothing of what it is typed by', async () => {
    for (const name of people.keys()) {
      const first = await run(process.execPath, ['examples/node.mjs'], name);
      expect(first, first.stderr).toMatchObject({ code: 0 });
      expect(first.stdout).toContain('done: 1 added, 0 known already');
      expect(first.stdout).toContain('- The roof of the shed');
      expect(first.stdout).toMatch(/\[1\] .*zinc/i);
      expect(first.stdout).toContain(`A secret of ${name}`);
      expect(first.stdout).not.toContain(`A secret of ${name === 'alice' ? 'bob' : 'alice'}`);
      const again = await run(process.execPath, ['examples/node.mjs'], name);
      expect(again.stdout).toContain('done: 0 added, 1 known already');
    }
    expect(readFileSync(join(stranger, 'node_modules/@vivim/client/vivim-client.js'), 'utf8')).not.toMatch(/\bzod\b/);
  });

  it('tells a program what is wrong with a call before it runs', async () => {
    writeFileSync(join(stranger, 'package.json'), '{ "type": "module" }');
    const check = async (source: string, ...more: readonly string[]) => {
      writeFileSync(join(stranger, 'program.ts'), `import { connect, itemsOf } from '@vivim/client';\n${source}`);
      const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023,dom'];
      const tsc = join(root, 'node_modules/typescript/bin/tsc');
      return run(process.execPath, [tsc, ...flags, ...more, '--types', '', 'program.ts'], 'alice');
    };
    const start = `const vivim = connect({ server: 'http://localhost', token: 't' });\n`;
    const good = `${start}for await (const { title } of itemsOf(vivim.listConversations, { query: { limit: 3 } })) title?.trim();
      const { citations } = await vivim.createContext({ body: { query: 'What?' } });\n citations[0]?.quoted.trim();`;
    expect(await check(good)).toEqual({ code: 0, stdout: '', stderr: '' });
    const bad = await check(`${start}await vivim.createContext({ body: { query: 7 } });`, '--skipLibCheck');
    expect([bad.code === 0, bad.stdout]).toEqual([
      false,
      expect.stringContaining("'number' is not assignable to type"),
    ]);
  });

  it('shows a program in its README that compiles', async () => {
    const readme = readFileSync(join(stranger, 'node_modules/@vivim/client/README.md'), 'utf8');
    const [, program = ''] = /```ts\n([\s\S]+?)```/.exec(readme) ?? [];
    expect(program).toContain('importFile');
    writeFileSync(join(stranger, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(stranger, 'readme.ts'), program);
    symlinkSync(join(root, 'node_modules/@types'), join(stranger, 'node_modules/@types'));
    symlinkSync(join(root, 'node_modules/undici-types'), join(stranger, 'node_modules/undici-types'));
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023,dom'];
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    expect(
      await run(process.execPath, [tsc, ...flags, '--types', 'node', '--skipLibCheck', 'readme.ts'], 'alice'),
    ).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
  });

  it('leaves out of a bundle what a program does not use', async () => {
    const from = JSON.stringify(join(stranger, 'node_modules/@vivim/client/vivim-client.js'));
    const bundled = async (contents: string) => {
      const options = { bundle: true, minify: true, format: 'esm', platform: 'neutral', write: false } as const;
      const { outputFiles } = await build({ ...options, stdin: { contents, resolveDir: stranger } });
      return outputFiles[0]?.text ?? '';
    };
    const whole = await bundled(`export * from ${from};`);
    const one = await bundled(
      `import { connect } from ${from}; connect({ server: '', token: '' }).search({ query: { q: 'x' } });`,
    );
    expect(whole).toContain('upload-offset');
    for (const unused of ['upload-offset', 'text/event-stream;', 'broke off before the context was whole'])
      expect(one).not.toContain(unused);
    expect(one.length).toBeLessThan(22_000);
    expect(whole.length).toBeLessThan(28_000);
  });

  it('says which Node it needs, where that of a checkout is too old to read the client', async () => {
    // As Node 20 does: it reads no TypeScript.
    const old = spawnSync(process.execPath, ['--no-experimental-strip-types', 'examples/node.mjs'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect([old.status, old.stdout]).toEqual([1, '']);
    expect(old.stderr).toMatch(
      /^This is Node [\d.]+, .*takes Node 22\.18 or newer\.\nUse .*: npx node examples\/node\.mjs\n$/,
    );
  });

  it('says in words that it was refused', async () => {
    const refused = await run(process.execPath, ['examples/node.mjs'], 'alice', `vivim_pat_${'x'.repeat(43)}`);
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toMatch(/^token_invalid: /);
  });
});

describe.runIf(has('python3'))('the example in Python', () => {
  it.each(['alice', 'bob'])('keeps, lists and asks for %s', async (name) => {
    const { code, stdout, stderr } = await run('python3', ['examples/python.py'], name);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /- The garden[\s\S]*^done: [01] added[\s\S]*^found in [\s\S]*October[\s\S]*^formed: bundle$/m,
    );
    expect(stdout).not.toContain(`A secret of ${name === 'alice' ? 'bob' : 'alice'}`);
    const refused = await run('python3', ['examples/python.py'], name, 'vivim_pat_nothing');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/^token_invalid: /)]);
  });
});

describe.runIf(has('curl'))('the example with curl', () => {
  it.each(['alice', 'bob'])('keeps, finds and asks for %s', async (name) => {
    const { code, stdout, stderr } = await run('bash', ['examples/curl.sh'], name);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/"outcome":"added"[\s\S]*^data:.*"state":"done"[\s\S]*Overnight in the fridge/m);
    expect(stdout).toMatch(/"nextCursor":"[\s\S]*"nextCursor":null/);
    expect(stdout).toMatch(/^refused: not_found$/m);
    expect(stdout).not.toContain(`A secret of ${name === 'alice' ? 'bob' : 'alice'}`);
  });
});
