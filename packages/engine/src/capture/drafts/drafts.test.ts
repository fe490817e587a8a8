/** What a thread drafts ahead ends in the same rows as what is read where it is written, whatever happens to the thread. */
import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { newErasing } from '../../../../../test/kit/erasing.ts';
import { everyRow } from '../../../../../test/kit/every-row.ts';
import { dialogue } from '../../../../../test/kit/exports.ts';
import { sourceSeeds } from '../../../../../test/kit/source-seeds.ts';
import { newSpace } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { noContext } from '../canonical.ts';
import type { ImportElement } from '../import-element.ts';
import { DraftThread, draftedAhead } from './draft-ahead.ts';
import { draftRecord, type RecordDraft } from './draft-record.ts';
import { packDraft, packDrafts, unpackDrafts } from './draft-wire.ts';

const clock = () => 1_700_000_000_000;
const secret = `ghp_${'Zx8Kq2Lm4Np6'.repeat(3)}`;

const talks = (count: number): Buffer =>
  Buffer.from(
    JSON.stringify(
      Array.from({ length: count }, (_, ix) =>
        dialogue(`talk-${ix}`, `Talk ${ix}`, [
          `What is in box ${ix}?`,
          ix % 7 === 0 ? `The key ${secret} is.` : `A rope, ${ix} nails and 'ünusual' 繩子. Nothing else.`,
        ]),
      ),
    ),
  );

async function rowsAfter(files: readonly Buffer[], draftFrom: number): Promise<Record<string, unknown[]>> {
  const space = newSpace({}, clock);
  const capture = newCapture(space, clock, draftFrom);
  for (const [ix, bytes] of files.entries()) await capture.bring({ bytes, name: `export-${ix}`, key: `key-${ix}` });
  space.close();
  return everyRow(space.location);
}

const inPlace = Number.POSITIVE_INFINITY;

const whole = (draft: RecordDraft) => (draft.outcome === 'conversation' ? { ...draft, fresh: draft.fresh?.() } : draft);

describe('drafts', () => {
  it('of every source end in the rows an import without a thread ends in', async () => {
    for (const [source, bytes] of Object.entries(sourceSeeds)) {
      const [ahead, plain] = [await rowsAfter([bytes], 0), await rowsAfter([bytes], inPlace)];
      expect(ahead.conversation?.length, source).toBeGreaterThan(0);
      expect(ahead, source).toEqual(plain);
    }
  }, 120_000);

  it('are not taken for what the space knows, or where a secret is for its owner to decide', async () => {
    const files = [talks(150), talks(200), talks(149)];
    const [ahead, plain] = [await rowsAfter(files, 0), await rowsAfter(files, inPlace)];
    expect(ahead.conversation).toHaveLength(200);
    // What marks a secret is salted by the space; where each stands is told by row.
    for (const rows of [ahead, plain]) delete rows.secret;
    expect(ahead.secret_place).toHaveLength(29);
    expect(ahead).toEqual(plain);
  }, 60_000);

  it('do not let in what its owner erased, and leave it to others', async () => {
    const [alice, bob] = [newSpace({}, clock), newSpace({}, clock)];
    const erasing = newErasing(alice, { clock });
    await erasing.bring({ bytes: talks(20) });
    const [gone] = alice.read((r) => r.conversations.page({ limit: 1 })).items;
    if (gone === undefined) throw new Error('Nothing came in.');
    await erasing.erase('conversation', gone.id);
    for (const space of [alice, bob]) await newCapture(space, clock, 0).bring({ bytes: talks(21), name: 'again' });
    const ids = (space: UserSpace) => space.read((r) => r.conversations.page({ limit: 50 })).items.map(({ id }) => id);
    expect(ids(alice)).toHaveLength(20);
    expect(ids(alice)).not.toContain(gone.id);
    expect(ids(bob)).toContain(gone.id);
  });

  it('come back from the wire as they went', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
        (all) => {
          const drafts = all.map((lines, ix) =>
            draftRecord('chatgpt', Buffer.from(JSON.stringify(dialogue(`t${ix}`, lines.join(' '), lines))), noContext),
          );
          expect(unpackDrafts(packDrafts(drafts.map(packDraft))).map(whole)).toEqual(drafts.map(whole));
        },
      ),
    );
  });
});

// One processor stays for what people ask, so a machine with one has no thread.
describe.skipIf(availableParallelism() < 2)('a thread that drafts', () => {
  const stream = { path: 'x', source: 'chatgpt' } as ImportElement['stream'];
  const element = (ix: number): ImportElement => {
    const bytes = Buffer.from(JSON.stringify(dialogue(`t${ix}`, 'T', ['Hello there.', 'And to you.'])));
    return { ix, bytes, refused: null, twin: 0, stream, after: { stream: 0, element: ix + 1 }, bytesRead: ix };
  };
  async function* elements(count: number, error?: Error): AsyncGenerator<ImportElement, void> {
    for (let ix = 0; ix < count; ix += 1) yield element(ix);
    if (error !== undefined) throw error;
  }
  const started = (): DraftThread => {
    const thread = DraftThread.start()?.readWith(new Map([['chatgpt', noContext]])) ?? null;
    if (thread === null) throw new Error('This machine has no processor to spare.');
    return thread;
  };

  it('that dies costs its drafts alone: every element comes, once and in order', async () => {
    const thread = started();
    const came: ImportElement[] = [];
    for await (const each of draftedAhead(elements(2_000), thread)) {
      came.push(each);
      if (came.length === 100) await thread.close();
    }
    expect(came.map(({ ix }) => ix)).toEqual(Array.from({ length: 2_000 }, (_, ix) => ix));
    expect(came[0]?.draft?.outcome).toBe('conversation');
    expect(came.at(-1)?.draft).toBeUndefined();
  });

  it('is not so far ahead that large entries fill the memory, whether it drafts them or not', async () => {
    for (const megabytes of [3, 16]) {
      const thread = started();
      const bytes = Buffer.alloc(megabytes * 1024 ** 2, '{');
      let [read, most, came] = [0, 0, 0];
      const large = async function* (): AsyncGenerator<ImportElement, void> {
        for (; read < 12; read += 1) yield { ...element(read), bytes };
      };
      for await (const _ of draftedAhead(large(), thread)) {
        most = Math.max(most, read - came);
        came += 1;
      }
      await thread.close();
      expect([came, most * megabytes]).toEqual([12, expect.toSatisfy((held: number) => held < 24)]);
    }
  });

  it('is told of a file that breaks off after all that came before', async () => {
    const thread = started();
    const came: number[] = [];
    const broken = draftedAhead(elements(130, new Error('the file ends here')), thread);
    await expect(
      (async () => {
        for await (const { ix } of broken) came.push(ix);
      })(),
    ).rejects.toThrow('the file ends here');
    expect(came).toHaveLength(130);
    await thread.close();
  });

  it('that says nothing any more is given up', async () => {
    const thread = started();
    const entry = () => ({ source: 'chatgpt' as const, bytes: new Uint8Array(element(0).bytes ?? []), twin: 0 });
    expect(await thread.draft([entry()]).drafts).toHaveLength(1);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      // What it is not told of it throws at, and an entry that was on its way gets no answer.
      const answers = [thread.draft([{ ...entry(), source: 'claude' }]).drafts, thread.draft([entry()]).drafts];
      vi.advanceTimersByTime(31_000);
      expect(await Promise.all(answers)).toEqual([null, null]);
    } finally {
      vi.useRealTimers();
    }
    await wait(0);
    expect(await thread.draft([entry()]).drafts).toBeNull();
  });
});
