/** What stays out of contexts, in the terminal and over MCP: the command, a real server, two people. */
import { Assembly } from '@vivim/contract/assembly';
import { Bundle } from '@vivim/contract/context';
import { ConversationSummary } from '@vivim/contract/conversation';
import { Exclusion } from '@vivim/contract/exclusion';
import { page } from '@vivim/contract/page';
import { beforeAll, describe, expect, it } from 'vitest';
import { dialogue } from '../kit/exports.ts';
import { useTerminals } from '../kit/terminals.ts';

const { vivim, json, signIn } = useTerminals();
const context = (profile: string) =>
  json(profile, Bundle, 'context', 'What of the harbour project?', '--budget', '1500');

beforeAll(async () => {
  const harbour = dialogue('a', 'Harbour', ['The harbour project begins in spring.', 'It needs a crane.']);
  await signIn([harbour, dialogue('b', 'Bread', ['The harbour bakery sells rye.', 'Good.'])]);
}, 120_000);

describe('exclusions in the terminal', () => {
  it('keep a conversation out until they are removed, and a record says why; Bob’s contexts stay', {
    timeout: 60_000,
  }, async () => {
    const before = await context('alice');
    expect(before.text).toContain('begins in spring');
    const id = before.citations.find(({ quoted }) => quoted.includes('spring'))?.acuId as string;
    const { items } = await json('alice', page(ConversationSummary), 'conversations');
    const harbour = items.find(({ title }) => title === 'Harbour')?.id as string;
    const made = await json('alice', Exclusion, 'exclusions', 'add', 'conversation', harbour);
    expect(made).toMatchObject({ kind: 'conversation', of: harbour, name: 'Harbour' });
    const kept = await context('alice');
    expect(kept.text).not.toContain('begins in spring');
    expect(kept.text).toContain('bakery');
    const why = await vivim('alice', 'records', 'why', kept.id, id);
    expect(why.stdout).toContain(`vivim exclusions remove ${made.id}`);
    expect((await json('alice', Assembly, 'records', 'show', kept.id)).given.map(({ acuId }) => acuId)).not.toContain(
      id,
    );
    expect((await vivim('alice', 'exclusions', 'list')).stdout).toContain('Harbour');
    expect((await json('bob', page(Exclusion), 'exclusions', 'list')).items).toEqual([]);
    expect((await context('bob')).text).toContain('begins in spring');
    expect((await vivim('bob', 'exclusions', 'remove', made.id)).code).not.toBe(0);
    expect((await vivim('alice', 'search', 'harbour', 'crane')).stdout).toContain('crane');
    expect((await vivim('alice', 'exclusions', 'remove', made.id)).code).toBe(0);
    expect((await context('alice')).hash).toBe(before.hash);
  });

  it('refuse what names nothing, in words', async () => {
    const wrong = await vivim('alice', 'exclusions', 'add', 'conversation', 'm_nothing');
    expect(wrong.code).not.toBe(0);
    expect(wrong.stderr).toContain('m_nothing names no conversation');
    expect((await vivim('alice', 'exclusions', 'add', 'conversation', `c_${'a'.repeat(32)}`)).code).not.toBe(0);
  });
});
