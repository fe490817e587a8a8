/** Conversations of live capture when something of them is erased, and when their space moves: they go on as they would have. */
import { isoTime } from '@vivim/contract/clock';
import type { ConversationId } from '@vivim/contract/ids';
import { describe, expect, it } from 'vitest';
import { databaseOfSpace, filesOf, jsonArchiveOf, standing } from '../../../../../test/kit/archives.ts';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { newErasing, rawPages, wordsIn } from '../../../../../test/kit/erasing.ts';
import { exchangeOf, newRecorder, type Said, treesOf } from '../../../../../test/kit/live.ts';
import { newSpace } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../../space/user-space.ts';

const talk = (...words: readonly string[]): Said[] =>
  words.map((content, ix) => ({ role: ix % 2 === 0 ? 'user' : 'assistant', content }));
const conversationId = (space: UserSpace): ConversationId => {
  const [found] = space.read((r) => r.conversations.page({ limit: 1 }).items);
  if (found === undefined) throw new Error('nothing was kept');
  return found.id;
};
const messageWith = (space: UserSpace, words: string): string => {
  const messages = space.read((r) => r.conversations.messages(conversationId(space), { limit: 99, branches: 'all' }));
  const found = messages?.items.find(({ parts }) => parts.some(({ text }) => text?.includes(words)));
  if (found === undefined) throw new Error(`${words} is not there`);
  return found.id;
};

describe('what was erased of a conversation that goes on', () => {
  it('stays erased though every request repeats it, and what hung on it moves up', async () => {
    const space = newSpace();
    const home = newErasing(space);
    const { keep } = newRecorder(space);
    keep(exchangeOf('chat', talk('first words'), 'an answer'));
    keep(exchangeOf('chat', talk('first words', 'an answer', 'qzsecret wish'), 'granted'));
    keep(exchangeOf('chat', talk('first words', 'an answer', 'qzsecret wish', 'granted', 'thanks'), 'welcome'));
    await home.erase('message', messageWith(space, 'qzsecret'));
    keep(
      exchangeOf(
        'chat',
        talk('first words', 'an answer', 'qzsecret wish', 'granted', 'thanks', 'welcome', 'and now?'),
        'rest',
      ),
    );
    expect(treesOf(space)).toEqual([
      [
        'user: first words',
        '  assistant: an answer',
        '    assistant: granted',
        '      user: thanks',
        '        assistant: welcome',
        '          user: and now?',
        '            assistant: rest',
      ],
    ]);
    await home.settle();
    expect(wordsIn(rawPages(space.location), ['qzsecret'])).toEqual([]);
  });

  it('is not told again where it was the last that is kept', async () => {
    const space = newSpace();
    const home = newErasing(space);
    const { keep } = newRecorder(space);
    keep(exchangeOf('chat', talk('first words'), 'qzsecret answer'));
    await home.erase('message', messageWith(space, 'qzsecret'));
    keep(exchangeOf('chat', talk('first words', 'qzsecret answer', 'go on'), 'gladly'));
    expect(treesOf(space)).toEqual([['user: first words', '  user: go on', '    assistant: gladly']]);
    await home.settle();
    expect(wordsIn(rawPages(space.location), ['qzsecret'])).toEqual([]);
  });

  it('keeps a whole conversation out when it was that, counted, until it is allowed again', async () => {
    const space = newSpace();
    const home = newErasing(space);
    const { keep } = newRecorder(space);
    keep(exchangeOf('chat', talk('first words'), 'an answer'));
    const { id } = await home.erase('conversation', conversationId(space));
    const more = exchangeOf('chat', talk('first words', 'an answer', 'go on'), 'gladly');
    expect(keep(more).outcome).toBe('erased');
    expect(treesOf(space)).toEqual([]);
    expect(space.read((r) => r.liveTally.read())).toMatchObject({ recorded: 1, withheld: 1 });
    await home.allow(id);
    expect(keep(more).outcome).toBe('added');
  });
});

describe('a secret that is said', () => {
  it('is masked by the owner’s rule, is stored nowhere, and the conversation goes on', async () => {
    const token = `ghp_${'aZ3kQ9xW7bT5mR1cV8nP6dL4'.repeat(2).slice(0, 36)}`;
    const space = newSpace();
    space.write((w) => w.secrets.setRule('mask'));
    const { keep } = newRecorder(space);
    keep(exchangeOf('chat', talk(`Use the token ${token} please.`), 'I will.'));
    keep(exchangeOf('chat', talk(`Use the token ${token} please.`, 'I will.', 'Thanks.'), 'Gladly.'));
    expect(treesOf(space)).toEqual([
      [
        'user: Use the token [GitHub token masked] please.',
        '  assistant: I will.',
        '    user: Thanks.',
        '      assistant: Gladly.',
      ],
    ]);
    await newErasing(space).settle();
    expect(wordsIn(rawPages(space.location), [token])).toEqual([]);
    expect(JSON.stringify(await filesOf(await jsonArchiveOf(space)))).not.toContain(token);
  });
});

describe('a space that moves', () => {
  const lived = () => {
    const space = newSpace({}, standing);
    const { keep } = newRecorder(space, standing);
    const upstream = { kind: 'openai' as const, baseUrl: 'https://api.example.com/v1', key: 'sk-qzkey-1234567890' };
    space.write((w) => w.upstreams.put('main', upstream, standing()));
    keep(exchangeOf('responses', talk('first words'), 'an answer'));
    keep(exchangeOf('responses', talk('first words', 'an answer', 'more'), 'yes'));
    return space;
  };

  it('takes its upstreams along without their keys, and finds its conversations again', async () => {
    const space = lived();
    const archive = await jsonArchiveOf(space);
    const moved = newSpace({}, standing);
    await newCapture(moved, standing).bring({ bytes: archive, name: 'vivim.zip', source: 'vivim' });
    const before = await filesOf(archive);
    const after = await filesOf(await jsonArchiveOf(moved));
    for (const name of ['space.json', 'conversations.jsonl', 'raw-records.jsonl'])
      expect(after[name]).toBe(before[name]);
    expect(JSON.stringify(before)).not.toContain('qzkey');
    expect(moved.read((r) => r.upstreams.all())).toEqual([
      expect.objectContaining({ name: 'main', keyEnding: null, isDefault: true, createdAt: isoTime(standing()) }),
    ]);
    const request = JSON.stringify({ model: 'm', input: 'on', previous_response_id: 'id-3-yes' });
    newRecorder(moved, standing).keep(exchangeOf('responses', talk('on'), 'gone', { request }));
    expect(treesOf(moved)).toEqual([
      [
        'user: first words',
        '  assistant: an answer',
        '    user: more',
        '      assistant: yes',
        '        user: on',
        '          assistant: gone',
      ],
    ]);
  });

  it('does the same as a plain database given back', async () => {
    const space = lived();
    const plain = await databaseOfSpace(space);
    expect(plain.includes('sk-qzkey')).toBe(false);
    const back = newSpace({ ownerId: space.location.ownerId }, standing);
    await newCapture(back, standing).bring({ bytes: plain, name: 'vivim.db', source: 'vivim' });
    expect(
      newRecorder(back).keep(exchangeOf('responses', talk('first words', 'an answer', 'more'), 'yes')).outcome,
    ).toBe('unchanged');
    expect(back.read((r) => r.upstreams.find('main'))?.keyEnding).toBeNull();
  });
});
