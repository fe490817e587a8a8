/**
 * A watched file that is written anew at every message keeps the versions that say something: storage stays bounded, and no
 * conversation, decision, reparse or citation is another than with all of them. Exports beside it are left as they are.
 */

import { versionRules } from '@vivim/contract/conflicts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { newErasing } from '../../../../test/kit/erasing.ts';
import { type ChatGptTurn, chatGptConversation } from '../../../../test/kit/exports.ts';
import { runs } from '../../../../test/kit/property-runs.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import { sha256 } from '../space/hash.ts';
import type { UserSpace } from '../space/user-space.ts';
import { noContext } from './canonical.ts';
import { conflictsIn, mergeVersions, type Version, wordsOf } from './merge-versions.ts';
import { keptVersions } from './prepare-record.ts';
import { readRecord } from './read-record.ts';
import { ReparseTask } from './reparse.ts';
import { superfluousVersions } from './superfluous-versions.ts';

const watched = 'a'.repeat(64);
const clock = () => 1_790_000_000_000;

/** One state of the file: which text each message has (none: it is not there), what the conversation is called, and when. */
interface State {
  readonly texts: readonly (string | null)[];
  readonly title: string;
  readonly minute: number;
}

function fileOf({ texts, title, minute }: State): string {
  const turns = texts.flatMap((text, n): ChatGptTurn[] => {
    if (text === null) return [];
    const parent = texts.findLastIndex((other, ix) => ix < n && other !== null);
    return [
      { id: `m${n}`, parent: parent === -1 ? null : `m${parent}`, role: n % 2 === 0 ? 'user' : 'assistant', text },
    ];
  });
  return JSON.stringify([{ ...chatGptConversation('c', title, turns), update_time: 1_780_000_000 + minute * 60 }]);
}

const raws = (space: UserSpace) => {
  const [item] = space.read((r) => r.conversations.page({ limit: 1 })).items;
  const id = item?.id;
  if (id === undefined) return { id: null, rows: [], versions: [] };
  return space.read((r) => {
    const stored = r.conversations.stored(id);
    const key = { source: 'chatgpt', externalKey: id } as const;
    const versions = stored === null ? [] : keptVersions(r, stored, key);
    return { id, rows: r.rawRecords.versionsOf(key), versions };
  });
};

/** The conversation as it is read and cited, and what each decision would make of it. */
function memory(space: UserSpace): unknown {
  const { id, versions } = raws(space);
  if (id === null) return null;
  const {
    firstImportId: _,
    lastImportId: __,
    ...whole
  } = space.read((r) => r.conversations.find(id)) ?? {
    firstImportId: '',
    lastImportId: '',
  };
  const messages = space.read((r) => r.conversations.messages(id, { limit: 50, branches: 'all', hidden: true }))?.items;
  return {
    whole,
    messages,
    units: messages?.map((message) =>
      space
        .read((r) => r.acus.listForMessage(message.id, { limit: 50 }))
        ?.items.map(({ id: unit, text, state }) => [unit, text, state]),
    ),
    conflicts: space.read((r) => r.versionConflicts.page(0, true, 5)),
    decided: versionRules.map((rule) => mergeVersions(versions, rule)),
  };
}

async function reparsed(space: UserSpace): Promise<unknown> {
  const { id } = raws(space);
  if (id !== null) space.write((w) => w.outbox.put('reparse', [w.conversations.stored(id)?.pk ?? 0], clock()));
  const task = new ReparseTask({
    space,
    clock,
    onUnreadable: (error) => {
      throw error;
    },
  });
  while (task.pending() > 0) await task.step();
  return memory(space);
}

const texts = fc.array(fc.option(fc.constantFrom('Prune qzroses?', 'Prune', 'In winter.', 'Never.')), {
  minLength: 2,
  maxLength: 5,
});
const state = fc.record({ texts, title: fc.constantFrom('One', 'Two'), minute: fc.nat(9) });
const states = fc
  .array(state, { minLength: 3, maxLength: 8 })
  .map((list) => list.map((one, minute) => ({ ...one, minute })));

it('never changes what is remembered, decided, reparsed or cited, whatever the file becomes and whatever else comes in', async () => {
  await fc.assert(
    fc.asyncProperty(states, fc.array(fc.nat(7), { maxLength: 2 }), async (list, exported) => {
      const [all, few] = [newSpace({}, clock), newSpace({}, clock)];
      const [keeping, dropping] = [newCapture(all, clock), newCapture(few, clock)];
      for (const [ix, state] of list.entries()) {
        const bytes = Buffer.from(fileOf(state));
        await keeping.bring({ bytes });
        await dropping.bring({ bytes, ...(exported.includes(ix) ? {} : { watched }) });
        expect(memory(few)).toEqual(memory(all));
      }
      expect(raws(few).rows.length).toBeLessThanOrEqual(raws(all).rows.length);
      expect(await reparsed(few)).toEqual(await reparsed(all));
      all.close();
      few.close();
    }),
    { numRuns: 6 },
  );
});

/** The file as it is understood. */
function versionOf(state: State): Version {
  const bytes = Buffer.from(JSON.stringify(JSON.parse(fileOf(state))[0]));
  const reading = readRecord('chatgpt', bytes, noContext);
  if (reading.outcome !== 'conversation') throw new Error(reading.issue.detail);
  return { conversation: reading.conversation, sha256: sha256(bytes) };
}

/** Each version comes in; what is left is compared with all of them after each. @param exported places of versions that stay */
function sameAfterEach(
  list: readonly State[],
  exported: readonly number[],
  outcomes: (of: Version[]) => unknown,
): void {
  const all = new Map<string, Version>();
  const stay = new Set<Version>();
  let few: Version[] = [];
  for (const [ix, state] of list.filter((one) => one.texts.some((text) => text !== null)).entries()) {
    const version = versionOf(state);
    all.set(version.sha256, version);
    if (exported.includes(ix)) stay.add(version);
    few = [...few.filter(({ sha256: hash }) => hash !== version.sha256), version];
    const gone = superfluousVersions(few, (one) => one !== version && !stay.has(one));
    few = few.filter((one) => !gone.includes(one));
    expect(outcomes(few)).toEqual(outcomes([...all.values()]));
  }
}

const contradictions = (versions: Version[]) =>
  new Set(conflictsIn(versions).map(({ newest, older }) => JSON.stringify([newest.key, wordsOf(older)])));
const many = fc.array(state, { minLength: 3, maxLength: 12 });
const some = fc.array(fc.nat(11), { maxLength: 4 });

/** A text that was said, taken back and said again: the first saying is the oldest once another contradicts it. */
const saidAgainLater = (['Prune qzroses?', 'Prune', 'Prune qzroses?', 'Never.', null] as const).map((text, minute) => ({
  texts: [text, text === null ? ('Never.' as const) : null],
  title: 'One' as const,
  minute,
}));

it('drops none that makes a difference to any decision while the file goes on in time', () => {
  const property = fc.property(many, some, (list, exported) =>
    sameAfterEach(
      list.map((one, minute) => ({ ...one, minute })),
      exported,
      (versions) => [...versionRules.map((rule) => mergeVersions(versions, rule)), contradictions(versions)],
    ),
  );
  fc.assert(property, { numRuns: runs(250), examples: [[saidAgainLater, []]] });
});

it('drops none that makes a difference to what is read where nothing was decided, also where older ones come later', () => {
  const property = fc.property(many, some, (list, exported) =>
    sameAfterEach(list, exported, (versions) => [mergeVersions(versions), contradictions(versions)]),
  );
  fc.assert(property, { numRuns: runs(250) });
});

const grown = (count: number): State => ({
  texts: Array.from({ length: count }, (_, n) => `Word number ${n} of it.`),
  title: 'Grows',
  minute: count,
});

it('keeps a few versions of a conversation that grew twenty times, all of those that were exported, and others nothing', async () => {
  const { alice, bob } = twoSpaces();
  const [hers, his] = [newCapture(alice, clock), newCapture(bob, clock)];
  for (let n = 1; n <= 20; n += 1) await hers.bring({ bytes: fileOf(grown(n)), watched });
  expect(raws(alice).rows.length).toBeLessThanOrEqual(3);
  for (let n = 1; n <= 6; n += 1) await his.bring({ bytes: fileOf(grown(n)) });
  expect(raws(bob).rows).toHaveLength(6);
  // What an export brought as well stays, though the file brought it first.
  await hers.bring({ bytes: fileOf(grown(21)), watched });
  await hers.bring({ bytes: ` ${fileOf(grown(21))}` });
  for (let n = 22; n <= 25; n += 1) await hers.bring({ bytes: fileOf(grown(n)), watched });
  const counts = raws(alice).versions.map(({ conversation }) => conversation.messages.length);
  expect(counts).toContain(21);
  expect(counts.length).toBeLessThanOrEqual(4);
});

it('leaves what was erased out, also where versions of it were dropped', async () => {
  const space = newSpace({}, clock);
  const erasing = newErasing(space, { clock });
  const capture = newCapture(space, clock);
  for (let n = 1; n <= 8; n += 1) await capture.bring({ bytes: fileOf(grown(n)), watched });
  const { id } = raws(space);
  if (id === null) throw new Error('Nothing came in.');
  const read = () =>
    space.read((r) => r.conversations.messages(id, { limit: 50, branches: 'all', hidden: true }))?.items ?? [];
  const [first] = read();
  if (first === undefined) throw new Error('It says nothing.');
  await erasing.erase('message', first.id);
  await capture.bring({ bytes: fileOf(grown(4)) });
  for (let n = 9; n <= 14; n += 1) await capture.bring({ bytes: fileOf(grown(n)), watched });
  expect(read().map((message) => message.id)).not.toContain(first.id);
  expect(read()).toHaveLength(13);
  expect(JSON.stringify(raws(space).versions)).not.toContain('Word number 0 of it.');
  expect(raws(space).rows.length).toBeLessThanOrEqual(5);
});
