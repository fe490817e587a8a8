import { versionRules } from '@vivim/contract/conflicts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CanonicalConversation, noContext } from './canonical.ts';
import { mergeVersions, type Version } from './merge-versions.ts';
import { readRecord } from './read-record.ts';

/** A version of one conversation: which messages it holds, and when it was. */
function version(ids: readonly number[], updated: number, salt: string): Version {
  const mapping = Object.fromEntries([
    ['root', { parent: null, message: null }],
    ...ids.map((id) => [
      `m${id}`,
      {
        parent: id === 0 || !ids.includes((id - 1) >> 1) ? 'root' : `m${(id - 1) >> 1}`,
        message: { author: { role: 'user' }, content: { content_type: 'text', parts: [`${id} at ${updated}`] } },
      },
    ]),
  ]);
  const bytes = Buffer.from(
    JSON.stringify({ id: 'c', title: salt, update_time: updated, mapping, current_node: `m${ids.at(-1)}` }),
  );
  const reading = readRecord('chatgpt', bytes, noContext);
  if (reading.outcome !== 'conversation') throw new Error(reading.issue.detail);
  return { conversation: reading.conversation, sha256: salt };
}

const versions = fc
  .uniqueArray(
    fc.tuple(
      fc.uniqueArray(fc.nat(8), { minLength: 1 }),
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom(...'abcdefgh'),
    ),
    {
      minLength: 1,
      maxLength: 4,
      selector: ([, , salt]) => salt,
    },
  )
  .map((list) => list.map(([ids, updated, salt]) => version(ids, updated, salt)));

const keys = (conversation: CanonicalConversation) => conversation.messages.map((message) => message.key);

describe('merging versions of one conversation', () => {
  it('comes to the same whatever order they came in', () => {
    const property = fc.property(
      versions.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        for (const rule of versionRules) expect(mergeVersions(shuffled, rule)).toEqual(mergeVersions(list, rule));
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  it('holds the union of their messages, each once, parents first, with one active path', () => {
    fc.assert(
      fc.property(versions, (list) => {
        const merged = mergeVersions(list);
        expect(keys(merged).toSorted()).toEqual(
          [...new Set(list.flatMap(({ conversation }) => keys(conversation)))].toSorted(),
        );
        const seen = new Set<string>();
        for (const { key, parentKey } of merged.messages) {
          if (parentKey !== null) expect(seen.has(parentKey)).toBe(true);
          seen.add(key);
        }
        const path = merged.messages.filter((message) => message.onActivePath);
        expect(path.at(-1)?.key).toBe(merged.activeLeafKey);
        const parents = path.map((message) => message.parentKey);
        expect(parents).toEqual([null, ...path.map((message) => message.key)].slice(0, path.length));
      }),
    );
  });

  it('lets the newer one win and keeps what only the older one held', () => {
    const merged = mergeVersions([version([0, 1, 2], 1, 'a'), version([0, 2], 2, 'b')]);
    expect(merged.title).toBe('b');
    expect(merged.messages.map((message) => message.parts[0]?.text)).toEqual(['0 at 2', '2 at 2', '1 at 1']);
  });
});

it('`oldest` gives messages their oldest text; title, order and the branch that is shown stay those of the newest', () => {
  const [older, newer] = [version([0, 1], 1, 'old title'), version([0, 1, 2], 2, 'new title')];
  for (const given of [
    [older, newer],
    [newer, older],
  ]) {
    const merged = mergeVersions(given, 'oldest');
    expect([merged.title, merged.activeLeafKey]).toEqual(['new title', newer.conversation.activeLeafKey]);
    const said = new Map(merged.messages.map(({ externalId, parts }) => [externalId, parts[0]?.text]));
    expect([said.get('m0'), said.get('m1'), said.get('m2')]).toEqual(['0 at 1', '1 at 1', '2 at 2']);
  }
});
