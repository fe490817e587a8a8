import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exchangeOf, newRecorder, type Said, treesOf } from '../../../../../test/kit/live.ts';
import { runs } from '../../../../../test/kit/property-runs.ts';
import { newSpace, twoSpaces } from '../../../../../test/kit/spaces.ts';

const user = (content: string): Said => ({ role: 'user', content });
const assistant = (content: string): Said => ({ role: 'assistant', content });
const system = (content: string): Said => ({ role: 'system', content });

describe('a conversation that comes through the proxy', () => {
  it.each(['chat', 'responses', 'messages'] as const)('grows by its new turns in %s', (dialect) => {
    const space = newSpace();
    const { keep } = newRecorder(space);
    expect(keep(exchangeOf(dialect, [user('When do I sow tomatoes?')], 'In March.')).outcome).toBe('added');
    const history = [user('When do I sow tomatoes?'), assistant('In March.'), user('And beans?')];
    expect(keep(exchangeOf(dialect, history, 'In May.')).outcome).toBe('updated');
    expect(treesOf(space)).toEqual([
      ['user: When do I sow tomatoes?', '  assistant: In March.', '    user: And beans?', '      assistant: In May.'],
    ]);
    const [conversation] = space.read((r) => r.conversations.page({ limit: 1 }).items);
    expect(conversation).toMatchObject({ title: 'When do I sow tomatoes?', defaultModel: 'm-1', messageCount: 4 });
    const whole = space.read((r) => r.conversations.find(conversation?.id as never));
    expect(whole?.flags).toEqual({ upstream: 'main', exchanges: 2, inputTokens: 20, outputTokens: 10 });
  });

  it('is found by search and has units, like any other', () => {
    const space = newSpace();
    newRecorder(space).keep(exchangeOf('chat', [user('I decided to paint the greenhouse blue.')], 'A good choice.'));
    expect(space.read((r) => r.counts())).toMatchObject({ conversations: 1, messages: 2, imports: 1 });
    expect(space.read((r) => r.counts()).acus).toBeGreaterThan(0);
  });

  it('has begun when its first exchange did, however it goes on', () => {
    const space = newSpace();
    const { keep } = newRecorder(space);
    keep(exchangeOf('chat', [user('a')], 'b', { startedMs: 1_000_000_000_000 }));
    const began = () => space.read((r) => r.conversations.page({ limit: 1 }).items.map(({ createdAt }) => createdAt));
    const before = began();
    keep(exchangeOf('chat', [user('a'), assistant('b'), user('c')], 'd', { startedMs: 1_000_000_100_000 }));
    keep(exchangeOf('chat', [user('a'), assistant('b'), user('C')], 'D', { startedMs: 1_000_000_200_000 }));
    expect(before).toEqual(['2001-09-09T01:46:40.000Z']);
    expect(began()).toEqual(before);
  });

  it('branches where its history was edited, and where an answer was asked for again', () => {
    const space = newSpace();
    const { keep } = newRecorder(space);
    keep(exchangeOf('chat', [user('a')], 'b'));
    keep(exchangeOf('chat', [user('a'), assistant('b'), user('c')], 'd'));
    keep(exchangeOf('chat', [user('a'), assistant('b'), user('C')], 'D'));
    keep(exchangeOf('chat', [user('a')], 'B'));
    expect(treesOf(space)).toEqual([
      [
        'user: a',
        '  assistant: b',
        '    user: c',
        '      assistant: d',
        '    user: C',
        '      assistant: D',
        '  assistant: B',
      ],
    ]);
  });

  it('is another one where it shares no more than a greeting with one that went on', () => {
    const { alice, bob } = twoSpaces();
    for (const space of [alice, bob]) {
      const { keep } = newRecorder(space);
      const greeted = [user('Hello!'), assistant('Hi, what can I do?')];
      const [platypus, taxes] = [user('Does a platypus lay eggs?'), user('When are taxes due?')];
      keep(exchangeOf('chat', [user('Hello!')], 'Hi, what can I do?'));
      keep(exchangeOf('chat', [...greeted, platypus], 'It does.'));
      expect(keep(exchangeOf('chat', [...greeted, taxes], 'In July.')).outcome).toBe('added');
      expect(keep(exchangeOf('chat', [...greeted, taxes], 'In July.')).outcome).toBe('unchanged');
      keep(exchangeOf('chat', [...greeted, platypus, assistant('It does.'), user('How many?')], 'Two.'));
      keep(exchangeOf('chat', [...greeted, taxes, assistant('In July.'), user('Every year?')], 'Yes.'));
      expect(treesOf(space).map((tree) => tree.map((line) => line.trim()))).toEqual([
        [
          'user: Hello!',
          'assistant: Hi, what can I do?',
          'user: Does a platypus lay eggs?',
          'assistant: It does.',
          'user: How many?',
          'assistant: Two.',
        ],
        [
          'user: Hello!',
          'assistant: Hi, what can I do?',
          'user: When are taxes due?',
          'assistant: In July.',
          'user: Every year?',
          'assistant: Yes.',
        ],
      ]);
      for (const word of ['platypus', 'taxes']) expect(space.read((r) => r.words.frequency(word))).toBe(1);
    }
  });

  it('is another one where its first turn is another', () => {
    const space = newSpace();
    const { keep } = newRecorder(space);
    keep(exchangeOf('chat', [system('Be brief.'), user('a')], 'b'));
    keep(exchangeOf('chat', [system('Be brief.'), user('A')], 'b'));
    expect(treesOf(space)).toHaveLength(2);
  });

  it('goes on when its system prompt changes, and says where it did', () => {
    const space = newSpace();
    const { keep } = newRecorder(space);
    keep(exchangeOf('messages', [system('Monday'), user('a')], 'b'));
    keep(exchangeOf('messages', [system('Monday'), user('a'), assistant('b'), user('c')], 'd'));
    keep(
      exchangeOf('messages', [system('Tuesday'), user('a'), assistant('b'), user('c'), assistant('d'), user('e')], 'f'),
    );
    expect(treesOf(space)).toEqual([
      [
        '(system: Monday)',
        '  user: a',
        '    assistant: b',
        '      user: c',
        '        assistant: d',
        '(          system: Tuesday)',
        '            user: e',
        '              assistant: f',
      ],
    ]);
  });

  it('goes on where the service holds the history', () => {
    const space = newSpace();
    const { keep } = newRecorder(space);
    keep(exchangeOf('responses', [user('a')], 'b'));
    const request = JSON.stringify({ model: 'm', input: 'c', previous_response_id: 'id-1-b' });
    keep(exchangeOf('responses', [user('c')], 'd', { request }));
    const strange = JSON.stringify({ model: 'm', input: 'c', previous_response_id: 'elsewhere' });
    keep(exchangeOf('responses', [user('c')], 'd', { request: strange }));
    expect(treesOf(space).toSorted((a, b) => b.length - a.length)).toEqual([
      ['user: a', '  assistant: b', '    user: c', '      assistant: d'],
      ['user: c', '  assistant: d'],
    ]);
  });

  it('comes in whole where the first request has a history already, and its times are not made up', () => {
    const space = newSpace();
    newRecorder(space).keep(exchangeOf('chat', [user('a'), assistant('b'), user('c')], 'd'));
    const [id] = space.read((r) => r.conversations.page({ limit: 1 }).items.map((one) => one.id));
    const messages = space.read((r) => r.conversations.messages(id as never, { limit: 9, branches: 'all' }))?.items;
    expect(messages?.map(({ createdAt }) => createdAt)).toEqual([
      null,
      null,
      '2026-01-02T03:04:05.000Z',
      '2026-01-02T03:04:05.010Z',
    ]);
  });

  it('of one person is nothing to another, though both say the same', () => {
    const { alice, bob } = twoSpaces();
    newRecorder(alice).keep(exchangeOf('chat', [user('a')], 'b'));
    expect(treesOf(bob)).toEqual([]);
    expect(newRecorder(bob).keep(exchangeOf('chat', [user('a'), assistant('b'), user('c')], 'd')).outcome).toBe(
      'added',
    );
    expect(treesOf(alice)).toEqual([['user: a', '  assistant: b']]);
  });
});

/** Words of turns, from the first one down. */
type Path = readonly string[];

/** Every chat of a forest: a turn answers one that is there, or begins another. */
const forest = fc
  .array(fc.record({ under: fc.nat(), words: fc.constantFrom('x', 'y', 'z') }), { minLength: 1, maxLength: 14 })
  .map((grown) => {
    const paths: Path[] = [];
    for (const { under, words } of grown) {
      const above = paths.length === 0 ? [] : (paths[under % (paths.length + 1)] ?? []);
      paths.push([...above, words]);
    }
    return paths;
  });

const asHistory = (path: Path): Said[] => path.map((words, ix) => (ix % 2 === 0 ? user(words) : assistant(words)));
/** A request ends with its person's turn, and what answers it is the next. */
const asExchange = (path: Path) => {
  const asked = path.length % 2 === 0 ? path.slice(0, -1) : path;
  return exchangeOf('chat', asHistory(asked), path.length % 2 === 0 ? (path.at(-1) ?? '') : 'the end');
};
/** Every history that is somewhere in these exchanges. */
const historiesIn = (paths: readonly Path[]): Set<string> => {
  const all = new Set<string>();
  for (const path of paths) {
    const full = path.length % 2 === 0 ? path : [...path, 'the end'];
    for (let ix = 1; ix <= full.length; ix += 1) all.add(full.slice(0, ix).join('/'));
  }
  return all;
};
/** Every history that is kept. */
const kept = (lines: readonly string[][]): string[] =>
  lines.flatMap((tree) => {
    const above: string[] = [];
    return tree.map((line) => {
      const [, indent = '', words = ''] = /^( *)\w+: (.*)$/.exec(line) ?? [];
      above.splice(indent.length / 2, above.length, words);
      return above.join('/');
    });
  });

describe('any sequence of requests', () => {
  it('gives the tree of what was said, whatever came first, and said again adds nothing', () => {
    fc.assert(
      fc.property(forest, fc.array(fc.nat(), { maxLength: 6 }), (paths, again) => {
        const space = newSpace();
        const { keep } = newRecorder(space);
        for (const path of paths) keep(asExchange(path));
        const histories = kept(treesOf(space));
        expect(new Set(histories)).toEqual(historiesIn(paths));
        expect(histories).toHaveLength(new Set(histories).size);
        const before = space.read((r) => r.counts());
        for (const ix of again) expect(keep(asExchange(paths[ix % paths.length] ?? [])).outcome).toBe('unchanged');
        expect(space.read((r) => r.counts())).toEqual(before);
        expect(treesOf(space).flat().toSorted()).toEqual(treesOf(space).flat().toSorted());
      }),
      { numRuns: runs(25) },
    );
  });
});
