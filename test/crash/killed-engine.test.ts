/** An engine killed in the middle of an import: the import goes on by itself and ends as if nothing had happened. */

import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '@vivim/contract/errors';
import type { ImportRun } from '@vivim/contract/imports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../bench/processes.ts';
import { manyConversations } from '../kit/exports.ts';
import { importFile, type Person, quiet, signUp } from '../kit/people.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ env: { VIVIM_MODELS: 'off' } });
}, 60_000);
afterAll(() => server?.stop());

const content = manyConversations(500, 12);

/** What a finished import left, without times and ids of runs. */
async function stateOf(person: Person) {
  const { counts } = await person.client.getSpace({});
  const { items } = await person.client.listConversations({ query: { limit: 200 } });
  return { counts: { ...counts, bundles: null }, ids: items.map((c) => [c.id, c.messageCount, c.title]) };
}

/** The import as it stands; null while the engine that was just killed is not back yet. */
async function look(person: Person, id: string): Promise<ImportRun | null> {
  try {
    return await person.client.getImport({ params: { id } });
  } catch (error) {
    if (error instanceof AppError && error.code === 'engine_unavailable') return null;
    throw error;
  }
}

describe.skipIf(process.platform !== 'linux')('SIGKILL in mid-import', () => {
  it('resumes and ends with the counts of a run that was left alone', { timeout: 180_000 }, async () => {
    const undisturbed = await signUp(server.url);
    const whole = await importFile(undisturbed, 'whole.json', content);
    expect(whole.report.conversations.added).toBe(500);

    const others = new Set(engines(server.pid).map((engine) => engine.pid));
    const person = await signUp(server.url);
    const started = await person.client.createImport({ query: { fileName: 'killed.json' }, bytes: content });
    let kills = 0;
    for (const target of [50, 150, 300]) {
      for (;;) {
        const run = await look(person, started.id);
        if (run?.state === 'done') break;
        if (run !== null && run.progress.conversations >= target) {
          for (const engine of engines(server.pid)) if (!others.has(engine.pid)) process.kill(engine.pid, 'SIGKILL');
          kills += 1;
          break;
        }
      }
    }
    expect(kills).toBeGreaterThan(0);
    let run = await look(person, started.id);
    while (run?.state !== 'done' && run?.state !== 'failed') {
      await wait(50);
      run = await look(person, started.id);
    }
    expect(run.state).toBe('done');
    expect(run.report).toMatchObject({
      conversations: whole.report.conversations,
      messages: whole.report.messages,
      acus: whole.report.acus,
    });
    await Promise.all([quiet(person, { embedding: false }), quiet(undisturbed, { embedding: false })]);
    expect(await stateOf(person)).toEqual(await stateOf(undisturbed));
  });
});
