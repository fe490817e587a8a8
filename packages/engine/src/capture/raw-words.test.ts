/** What no reader knows is readable: in words, on a card that says something, and counted as incomplete with its reason. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { wordsOfJson } from './raw-words.ts';

it('tells names and values, a line each, and what lies inside further in', () => {
  const card = { type: 'poll', options: ['Lisbon', 'Porto'], by: { name: 'Ada', votes: 2 }, image: 'A'.repeat(500) };
  expect(wordsOfJson(JSON.stringify(card)).split('\n')).toEqual([
    'type: poll',
    'options: Lisbon, Porto',
    'by:',
    '  name: Ada',
    '  votes: 2',
    'image: (500 characters of data)',
  ]);
});

it('is total, bounded, and holds every short text where there is room', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const words = wordsOfJson(JSON.stringify(value));
      expect(words.length).toBeLessThan(20_000);
      expect(words.isWellFormed()).toBe(true);
    }),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[a-z ]{1,40}$/)), (record) => {
      const words = wordsOfJson(JSON.stringify(record));
      for (const text of Object.values(record)) expect(words).toContain(text);
    }),
  );
  const deep = `${'['.repeat(900)}"x"${']'.repeat(900)}`;
  expect(wordsOfJson(deep)).toContain('…');
  expect(wordsOfJson('{"a":')).toBe('{"a":');
});

const poll = (question: string) =>
  JSON.stringify([
    {
      id: 'poll',
      title: 'Where to?',
      mapping: {
        root: { id: 'root', parent: null, children: ['m'], message: null },
        m: {
          id: 'm',
          parent: 'root',
          children: [],
          message: {
            id: 'm',
            author: { role: 'assistant' },
            content: { content_type: 'poll_card', question, options: ['Lisbon', 'Porto'] },
          },
        },
      },
      current_node: 'm',
    },
  ]);

it('is shown to its person, and counted as incomplete; the same file again changes nothing', async () => {
  const { alice, bob } = twoSpaces();
  const run = await newCapture(alice).bring({ bytes: poll('Which harbour?'), name: 'a.json' });
  expect(run.report).toMatchObject({
    conversations: { added: 1, degraded: 1 },
    messages: { added: 1, degraded: 1 },
    issues: [{ severity: 'degraded', code: 'content_unknown' }],
  });
  const [conversation] = alice.read((r) => r.conversations.page({ limit: 5 })).items;
  const id = conversation?.id;
  if (id === undefined) throw new Error('Nothing came in.');
  const parts = alice.read((r) => r.conversations.messages(id, { limit: 5, branches: 'active' }))?.items[0]?.parts;
  expect(parts).toMatchObject([
    { kind: 'raw', text: 'content_type: poll_card\nquestion: Which harbour?\noptions: Lisbon, Porto' },
  ]);
  const again = await newCapture(alice).bring({ bytes: `${poll('Which harbour?')} `, name: 'b.json' });
  expect(again.report.conversations).toMatchObject({ added: 0, updated: 0, unchanged: 1 });
  expect(bob.read((r) => r.counts())).toMatchObject({ conversations: 0 });
});
