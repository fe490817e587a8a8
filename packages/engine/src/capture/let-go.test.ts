/** Imports that are let go of and opened again: what counts against their file, and what counts as their pace. */
import { describe, expect, it, vi } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { manyConversations } from '../../../../test/kit/exports.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';

const never = new AbortController().signal;

describe('an import that is let go of', () => {
  it('is not given up for it, however often: a server that stops, an erasure beside it', async () => {
    const { alice, bob } = twoSpaces();
    for (const space of [alice, bob]) {
      let capture = newCapture(space);
      const { id } = await capture.upload({ bytes: manyConversations(20) });
      for (let times = 0; times < 6; times += 1) {
        await capture.task.step(AbortSignal.abort());
        await capture.task.close();
        capture = newCapture(space);
      }
      expect(space.read((r) => r.imports.next())).toMatchObject({ id, state: 'running', starts: 0 });
      await capture.work();
      expect(space.read((r) => r.imports.find(id))).toMatchObject({
        state: 'done',
        report: { conversations: { added: 20 } },
      });
    }
  });

  it('tells how long the rest takes by what came in since, not by how long its place was looked for', async () => {
    let now = 1_700_000_000_000;
    const clock = () => {
      now += 40;
      return now;
    };
    const space = newSpace({}, clock);
    const first = newCapture(space, clock);
    const { id } = await first.upload({ bytes: manyConversations(2_000) });
    const progress = () => space.read((r) => r.imports.find(id))?.progress;
    await first.task.step(never);
    await first.task.close();
    // It is open, and its place is found an hour later.
    const opened = vi.spyOn(space, 'bulk').mockImplementationOnce(() => {
      now += 3_600_000;
    });
    const second = newCapture(space, clock);
    await second.task.step(never);
    expect(opened).toHaveBeenCalled();
    expect(progress()).toMatchObject({ bytesPerSecond: 0, remainingSeconds: null });
    for (let steps = 0; steps < 12; steps += 1) await second.task.step(never);
    expect(progress()?.bytesPerSecond).toBeGreaterThan(1_000);
    expect(progress()?.remainingSeconds).toBeLessThan(600);
  });
});
