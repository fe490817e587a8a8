/** Runs that are paused and gone on with: over the death of a process, beside others, at the hands of two people. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { dialogue, manyConversations } from '../../../../test/kit/exports.ts';
import { refusalOf } from '../../../../test/kit/refusals.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';

type Capture = ReturnType<typeof newCapture>;
const never = new AbortController().signal;
const talk = JSON.stringify([dialogue('talk', 'Tomatoes', ['When do I sow?', 'In March.'])]);
const call = (id: ImportId): never =>
  ({
    params: { id },
    query: {},
    said: {},
    verb: { id: uuidv7(), operation: 'o', requestHash: 'h' },
    signal: never,
  }) as never;
const pause = (capture: Capture, id: ImportId) => capture.handlers.pauseImport(call(id));
const resume = (capture: Capture, id: ImportId) => capture.handlers.resumeImport(call(id));
const runOf = (space: UserSpace, id: ImportId) => space.read((r) => r.imports.find(id));

/** Until something of it is in. */
async function begun(capture: Capture, space: UserSpace, id: ImportId): Promise<void> {
  while ((runOf(space, id)?.progress.conversations ?? 0) === 0) await capture.task.step(never);
}

describe('a run that is paused', () => {
  it('stops after the step under way, keeps its file, and keeps no engine alive', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const { id } = await capture.upload({ bytes: manyConversations(600) });
    await begun(capture, space, id);
    expect(await pause(capture, id)).toMatchObject({ state: 'paused', progress: { remainingSeconds: null } });
    await capture.work();
    expect(capture.task.pending()).toBe(0);
    const at = runOf(space, id)?.progress.conversations ?? 0;
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThan(600);
    expect(readdirSync(join(space.location.directory, 'spool'))).toEqual([id]);
    await capture.task.recover();
    expect(readdirSync(join(space.location.directory, 'spool'))).toEqual([id]);
    const { items } = await capture.handlers.listImports({ query: { limit: 9, state: 'paused' } } as never);
    expect(items.map((run) => run.id)).toEqual([id]);
  });

  it('is answered when what the step under way had taken is in: nothing is counted after', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const { id } = await capture.upload({ bytes: manyConversations(3_000) });
    await begun(capture, space, id);
    const step = capture.task.step(never);
    const answered = await pause(capture, id);
    await step;
    await capture.work();
    expect(runOf(space, id)?.report).toEqual(answered.report);
    expect(answered.state).toBe('paused');
  });

  it('goes on where it was, in another process too, and ends as if it had not been', async () => {
    const bytes = manyConversations(600);
    const { alice: space, bob: undisturbed } = twoSpaces();
    const whole = await newCapture(undisturbed).bring(bytes);
    let capture = newCapture(space);
    const { id } = await capture.upload({ bytes });
    await begun(capture, space, id);
    // Oftener than a run may be begun in one place.
    for (let times = 0; times < 6; times++) {
      pause(capture, id);
      await capture.work();
      await capture.task.close();
      capture = newCapture(space);
      await capture.task.recover();
      expect(runOf(space, id)?.state).toBe('paused');
      resume(capture, id);
    }
    await capture.work();
    expect(capture.unexpected).toEqual([]);
    expect(runOf(space, id)).toMatchObject({
      state: 'done',
      report: { conversations: whole.report.conversations, messages: whole.report.messages, acus: whole.report.acus },
    });
  });

  it('lets the others go on', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const first = await capture.upload({ bytes: manyConversations(600) });
    const second = await capture.upload({ bytes: talk, name: 'second.json' });
    await begun(capture, space, first.id);
    pause(capture, first.id);
    await capture.work();
    expect([runOf(space, first.id)?.state, runOf(space, second.id)?.state]).toEqual(['paused', 'done']);
  });

  it('before its turn waits, and can be cancelled, which takes its file away', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const { id } = await capture.upload({ bytes: talk });
    pause(capture, id);
    await capture.work();
    expect(runOf(space, id)).toMatchObject({ state: 'paused', startedAt: null });
    await capture.handlers.cancelImport(call(id));
    expect([runOf(space, id)?.state, readdirSync(join(space.location.directory, 'spool'))]).toEqual(['cancelled', []]);
  });

  it('is told to whoever watches it, until it ends', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const { id } = await capture.upload({ bytes: talk });
    const states: string[] = [];
    const watching = (async () => {
      for await (const event of capture.handlers.streamImport(call(id)))
        if (event.type === 'import') states.push(event.run.state);
    })();
    await new Promise((resolve) => setImmediate(resolve));
    pause(capture, id);
    resume(capture, id);
    await capture.work();
    await watching;
    expect(states.slice(0, 3)).toEqual(['queued', 'paused', 'queued']);
    expect(states.at(-1)).toBe('done');
  });
});

describe('what cannot be paused', () => {
  it('is a run that ended, one that is not there, and one of another person', async () => {
    const { alice, bob } = twoSpaces();
    const [hers, his] = [newCapture(alice), newCapture(bob)];
    const ended = await hers.bring(talk);
    const waiting = await hers.upload({ bytes: manyConversations(5) });
    expect(await refusalOf(() => pause(hers, ended.id))).toBe('import_not_active');
    expect(await refusalOf(() => resume(hers, ended.id))).toBe('import_not_active');
    expect(await refusalOf(() => pause(hers, uuidv7() as ImportId))).toBe('not_found');
    expect(await refusalOf(() => pause(his, waiting.id))).toBe('not_found');
    expect(await refusalOf(() => resume(his, waiting.id))).toBe('not_found');
    expect(runOf(alice, waiting.id)?.state).toBe('queued');
  });
});
