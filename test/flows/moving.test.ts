/**
 * An account moves from one server to another with the command line: Alice takes her space from A to B and has it erased on A.
 * Bob on A and Carol on B notice nothing.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ImportReport, ImportRun } from '@vivim/contract/imports';
import { page } from '@vivim/contract/page';
import { ExportFormat } from '@vivim/contract/space-export';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { filesOf } from '../kit/archives.ts';
import { runCommand } from '../kit/command.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/demo/${name}`, import.meta.url));

/** What is moved needs no models. */
const light = { VIVIM_MODELS: 'off' };
const erasesAtOnce = { ...light, VIVIM_DELETION_GRACE_DAYS: '0' };

let a: TestServer;
let b: TestServer;
let home: string;

type Person = 'alice' | 'bob' | 'moved' | 'carol';
const serverOf = (who: Person) => (who === 'alice' || who === 'bob' ? a.url : b.url);
const vivim = (who: Person, ...args: string[]) =>
  runCommand(args, { profile: who, config: home, server: serverOf(who) });

async function read<T extends z.ZodType>(schema: T, who: Person, ...args: string[]): Promise<z.output<T>> {
  const run = await vivim(who, ...args, '--json');
  expect([run.code, run.stderr]).toEqual([0, expect.any(String)]);
  return schema.parse(JSON.parse(run.stdout));
}

const Counts = z.object({
  space: z.object({ counts: z.record(z.string(), z.int()), pending: z.object({ rollup: z.int() }) }),
});
const Exported = z.strictObject({
  file: z.string(),
  format: ExportFormat,
  bytes: z.int(),
  signedBy: z.string().nullable(),
});
const countsOf = async (who: Person) => (await read(Counts, who, 'status')).space.counts;

/** Everything that is to be found in what came in was found, and bundles stand. */
async function settled(who: Person): Promise<Record<string, number>> {
  for (let before = ''; ; await wait(300)) {
    const { space } = await read(Counts, who, 'status');
    const now = JSON.stringify(space.counts);
    if (space.pending.rollup === 0 && now === before && (space.counts.bundles ?? 0) > 0) return space.counts;
    before = now;
  }
}

/** On arrival bundles wait to be compiled again; nothing else of them changes. */
const compiled = (text: string | undefined) => text?.replaceAll('"dirty":true', '"dirty":false');

const contextOf = async (who: Person) => {
  const run = await vivim(who, 'context', 'What did I decide?', '-b', '2000');
  expect(run.code).toBe(0);
  return run.stdout;
};

beforeAll(async () => {
  [a, b] = await Promise.all([startTestServer({ env: erasesAtOnce }), startTestServer({ env: light })]);
  home = mkdtempSync(path.join(tmpdir(), 'vivim-moving-'));
  for (const who of ['alice', 'bob', 'moved', 'carol'] as const)
    expect((await vivim(who, 'identity', 'create')).code).toBe(0);
}, 120_000);

afterAll(async () => {
  await Promise.all([a?.stop(), b?.stop()]);
  if (home !== undefined) rmSync(home, { recursive: true, force: true });
});

describe('moving an account', () => {
  it('takes everything to the other server, and leaves everybody else as they were', async () => {
    await read(ImportReport, 'alice', 'import', fixture('alice-chatgpt.json'));
    await read(ImportReport, 'bob', 'import', fixture('bob-generic.json'));
    await read(ImportReport, 'carol', 'import', fixture('bob-generic.json'));
    const counts = await settled('alice');
    const [bob, carol] = [await settled('bob'), await settled('carol')];
    const archive = path.join(home, 'alice.zip');
    const exported = await read(Exported, 'alice', 'space', 'export', archive);
    expect(exported).toMatchObject({ format: 'json', bytes: readFileSync(archive).length });
    const report = await read(ImportReport, 'moved', 'space', 'import', archive);
    expect(report.conversations).toMatchObject({ added: counts.conversations, skipped: 0 });
    expect(report.issues).toMatchObject([
      { code: 'archive_signed', detail: expect.stringContaining(exported.signedBy ?? '') },
    ]);
    expect(await settled('moved')).toEqual({ ...counts, imports: (counts.imports ?? 0) + 1 });
    expect(await contextOf('moved')).toBe(await contextOf('alice'));
    // Taken along again, it is what it was, file by file.
    const again = path.join(home, 'moved.zip');
    await read(Exported, 'moved', 'space', 'export', again);
    const [before, after] = [await filesOf(readFileSync(archive)), await filesOf(readFileSync(again))];
    for (const name of [
      'space.json',
      'raw-records.jsonl',
      'conversations.jsonl',
      'topics.jsonl',
      'entities.jsonl',
      'bundles.jsonl',
    ])
      expect(compiled(after[name]) === compiled(before[name]), name).toBe(true);
    const history = await read(page(ImportRun), 'moved', 'imports');
    expect(history.items.map(({ detected }) => detected?.source)).toEqual(['vivim', 'chatgpt']);
    expect(await settled('bob')).toEqual(bob);
    expect(await settled('carol')).toEqual(carol);
  }, 180_000);

  it('gives the other two forms too, and none of them replaces a file', async () => {
    const database = path.join(home, 'alice.db');
    await read(Exported, 'alice', 'space', 'export', database, '--format', 'sqlite');
    expect(readFileSync(database).subarray(0, 15).toString()).toBe('SQLite format 3');
    const markdown = path.join(home, 'alice-md.zip');
    await read(Exported, 'alice', 'space', 'export', markdown, '--format', 'markdown');
    expect(Object.keys(await filesOf(readFileSync(markdown)))).toContain('index.md');
    expect((await vivim('alice', 'space', 'export', database)).code).not.toBe(0);
  });

  it('N60: refuses the database of another account, and says how an account moves', async () => {
    const run = await vivim('carol', 'space', 'import', path.join(home, 'alice.db'));
    expect(run.code).toBe(6);
    expect(run.stdout).toContain('made for another account');
    expect((await countsOf('carol')).conversations).toBe((await countsOf('bob')).conversations);
  });

  it('ends with the account erased where it was; where it went, it lives on', async () => {
    const counts = await countsOf('moved');
    const { receipt } = await read(z.object({ receipt: z.string() }), 'alice', 'account', 'delete', '--yes');
    // With no days of grace the next start erases.
    await a.stop({ keep: true });
    a = await startTestServer({ env: erasesAtOnce, dataDir: a.dataDir });
    expect(await (await fetch(`${a.url}/v1/erasures/${receipt}`)).json()).toMatchObject({ receipt });
    expect((await vivim('alice', 'search', 'roof')).code).not.toBe(0);
    expect(await countsOf('moved')).toEqual(counts);
    expect((await countsOf('bob')).conversations).toBeGreaterThan(0);
  }, 120_000);
});
