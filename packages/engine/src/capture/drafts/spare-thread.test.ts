import { availableParallelism } from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { dialogue } from '../../../../../test/kit/exports.ts';
import { newSpace } from '../../../../../test/kit/spaces.ts';
import { noContext } from '../canonical.ts';
import { DraftThread } from './draft-ahead.ts';
import type { Contexts } from './draft-wire.ts';
import { SpareThread } from './spare-thread.ts';

const contexts: Contexts = new Map([['chatgpt', noContext]]);
const entry = () => ({
  source: 'chatgpt' as const,
  bytes: new Uint8Array(Buffer.from(JSON.stringify(dialogue('t', 'T', ['Hello.', 'And to you.'])))),
  twin: 0,
});

// One processor stays for what people ask, so a machine with one has no thread.
describe.skipIf(availableParallelism() < 2)('a thread begun before its import', () => {
  const spare = new SpareThread();
  afterEach(async () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    await spare.close();
  });

  it('is begun once, however often a file says that it arrives, and drafts what the import reads', async () => {
    const begun = vi.spyOn(DraftThread, 'start');
    for (let piece = 0; piece < 3; piece += 1) spare.expect();
    const taken = spare.take(contexts);
    expect(begun).toHaveBeenCalledOnce();
    expect(await taken?.draft([entry()]).drafts).toMatchObject([{ outcome: 'conversation', messages: 2 }]);
    await taken?.close();
  });

  it('is given up where no import comes, and begun anew for the next', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const ends = vi.spyOn(DraftThread.prototype, 'close');
    spare.expect();
    vi.advanceTimersByTime(61_000);
    expect(ends).toHaveBeenCalledOnce();
    vi.useRealTimers();
    await ends.mock.results[0]?.value;
    const next = spare.take(contexts);
    expect(await next?.draft([entry()]).drafts).toHaveLength(1);
    await next?.close();
  });

  it('is not taken once it is dead', async () => {
    spare.expect();
    const first = spare.take(contexts);
    await first?.close();
    spare.expect();
    const second = spare.take(contexts);
    expect(second).not.toBe(first);
    expect(await second?.draft([entry()]).drafts).toHaveLength(1);
    await second?.close();
  });

  it('waits for a file that is large enough and for no other; one person’s is nobody else’s', async () => {
    const begun = vi.spyOn(DraftThread, 'start');
    const [alice, bob] = [newSpace(), newSpace()].map((space) => newCapture(space, undefined, 10_000));
    const text = JSON.stringify([dialogue('t', 'T', ['Hello.', 'word '.repeat(1_500)])]);
    await bob?.upload({ bytes: JSON.stringify([dialogue('t', 'T', ['Hello.', 'Hi.'])]) });
    expect(begun).not.toHaveBeenCalled();
    await alice?.upload({ bytes: text });
    expect(begun).toHaveBeenCalledOnce();
    await alice?.work();
    await bob?.work();
    expect([alice?.unexpected, bob?.unexpected]).toEqual([[], []]);
  });
});
