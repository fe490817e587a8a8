/** A disk that is full: a small file system of its own, filled to the brim. A typed error, nothing corrupt, and all well once there is room. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@vivim/contract/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aliceExport, bobExport, manyConversations } from '../kit/exports.ts';
import { atTerminal } from '../kit/operator.ts';
import { importFile, type Person, quiet, signUp } from '../kit/people.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

const place = mkdtempSync(join(tmpdir(), 'vivim-full-'));
const mount = (...args: string[]) => execFileSync('mount', args, { stdio: 'ignore' });

/** Only root may, and not in every container. */
const canMount = ((): boolean => {
  try {
    mount('-t', 'tmpfs', '-o', 'size=300m,mode=711', 'vivim-test', place);
    return true;
  } catch {
    rmSync(place, { recursive: true });
    return false;
  }
})();
const reason = canMount ? '' : ' (skipped: a file system of its own cannot be mounted here)';

describe.skipIf(!canMount)(`a full disk${reason}`, () => {
  const filler = join(place, 'filler');
  const dataDir = join(place, 'data');
  let server: TestServer;
  let alice: Person;
  let bob: Person;
  beforeAll(async () => {
    mkdirSync(dataDir, { mode: 0o711 });
    server = await startTestServer({ dataDir, env: { VIVIM_MODELS: 'off' } });
    [alice, bob] = [await signUp(server.url), await signUp(server.url)];
    await importFile(alice, 'a.json', aliceExport);
    await importFile(bob, 'b.json', bobExport);
    for (const person of [alice, bob]) await quiet(person, { embedding: false });
  }, 60_000);
  afterAll(async () => {
    await server?.stop({ keep: true });
    execFileSync('umount', [place]);
    rmSync(place, { recursive: true });
  });

  const fillUpTo = (leftBytes: number) => {
    rmSync(filler, { force: true });
    const { bavail, bsize } = statfsSync(place);
    writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leftBytes)));
  };
  const finds = async (person: Person, q: string) => (await person.client.search({ query: { q } })).items.length > 0;
  const large = manyConversations(1_000, 12);

  it('refuses an upload in words, and keeps nothing of it', async () => {
    fillUpTo(1_500_000);
    const refused = await alice.client
      .createImport({ query: { fileName: 'large.json' }, bytes: large })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AppError);
    expect((refused as AppError).code).toBe('quota_exceeded');
    expect(await finds(alice, 'tomatoes')).toBe(true);
    expect(await finds(bob, 'borrow checker')).toBe(true);
  });

  it('ends an import that fills it with a typed error; the space stays whole and the neighbour reads on', async () => {
    fillUpTo(large.length + 3_000_000);
    const run = await importFile(alice, 'large.json', large);
    expect([run.state, run.error?.code]).toEqual(['failed', 'quota_exceeded']);
    expect(await finds(alice, 'tomatoes')).toBe(true);
    expect(await finds(bob, 'borrow checker')).toBe(true);
  });

  it('takes the same file in once there is room, and every database is sound', async () => {
    rmSync(filler);
    const run = await importFile(alice, 'large.json', large);
    expect([run.state, run.error]).toEqual(['done', null]);
    await quiet(alice, { embedding: false });
    expect((await alice.client.getSpace({})).counts.conversations).toBe(1_000 + aliceConversations);
    // Each copy is checked page by page before it counts as one.
    expect((await atTerminal(dataDir, ['backup', 'run', '--all'])).code).toBe(0);
  });
});

const aliceConversations = (JSON.parse(aliceExport) as unknown[]).length;
