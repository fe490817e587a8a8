/** What is pinned into contexts, in the terminal: a real server, two people. */
import { Bundle } from '@vivim/contract/context';
import { Pin } from '@vivim/contract/pin';
import { beforeAll, describe, expect, it } from 'vitest';
import { dialogue } from '../kit/exports.ts';
import { useTerminals } from '../kit/terminals.ts';

const { vivim, json, signIn } = useTerminals();
const context = (profile: string, query: string, ...more: string[]) =>
  json(profile, Bundle, 'context', query, '--budget', '800', ...more);

beforeAll(async () => {
  const harbour = dialogue('a', 'Harbour', ['The harbour project begins in spring.', 'It needs a crane.']);
  await signIn([harbour, dialogue('b', 'Bread', ['The bakery sells rye.', 'Good.'])]);
}, 120_000);

describe('pins in the terminal', () => {
  it('stand in every context until they are removed; Bob’s contexts stay', { timeout: 60_000 }, async () => {
    const harbour = await context('alice', 'When does the harbour project begin?');
    const line = harbour.citations.find(({ quoted }) => quoted.includes('spring'));
    const pin = await json('alice', Pin, 'pins', 'add', 'unit', line?.acuId as string, '--recipe', 'coding');
    expect(pin).toMatchObject({ kind: 'unit', recipe: 'coding', name: 'The harbour project begins in spring.' });
    const pinned = async (profile: string, ...more: string[]) =>
      (await context(profile, 'Which bakery sells rye?', ...more)).citations.filter((one) => one.pinned !== undefined);
    expect((await pinned('alice', '--recipe', 'coding')).map((one) => one.pinned)).toEqual(['recipe']);
    expect(await pinned('alice')).toEqual([]);
    expect(await pinned('bob', '--recipe', 'coding')).toEqual([]);
    const listed = await vivim('alice', 'pins', 'list');
    expect(listed.stdout).toContain(pin.id);
    expect((await vivim('bob', 'pins', 'list')).stdout).toContain('You pinned nothing');
    expect((await vivim('bob', 'pins', 'remove', pin.id)).code).not.toBe(0);
    expect((await vivim('alice', 'pins', 'remove', pin.id)).stdout).toContain('No longer pinned');
    expect(await pinned('alice', '--recipe', 'coding')).toEqual([]);
    expect((await vivim('alice', 'pins', 'add', 'unit', 'k_nothing')).stderr).toContain('names no unit');
  });
});
