/**
 * What is put behind the end of a conversation, exchange by exchange, are the rows that joining all of its records anew makes: with
 * tools, prompts that change, secrets, branches and whatever was erased, and nothing of another person's.
 */

import { join } from 'node:path';
import type { LiveDialect } from '@vivim/contract/live';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newErasing } from '../../../../../test/kit/erasing.ts';
import { exchangeOf, newRecorder, type Said } from '../../../../../test/kit/live.ts';
import { runs } from '../../../../../test/kit/property-runs.ts';
import { newSpace, twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { openConnection } from '../../sqlite/database.ts';
import { ReparseTask } from '../reparse.ts';

const clock = () => 1_790_000_000_000;
const tables = [
  ...['conversation', 'message', 'part', 'citation', 'acu', 'acu_link', 'secret', 'secret_place', 'turn_prefix'],
  ...['word_place', 'speaker', 'artifact_version', 'raw_record'],
];

/** Every row of what a conversation is made of, and how many words are indexed. */
function rows(space: UserSpace): Record<string, unknown[]> {
  const connection = openConnection(join(space.location.directory, 'user.db'), space.location);
  try {
    const all = Object.fromEntries(
      tables.map((table) => [
        table,
        connection.prepare(`SELECT * FROM ${table} ORDER BY ${table === 'speaker' ? '1' : '1, 2'}`).all() as unknown[],
      ]),
    );
    const total = 'SELECT messages, round(words, 3) AS words FROM word_total';
    return { ...all, total: connection.prepare(total).all() as unknown[] };
  } finally {
    connection.close();
  }
}

/** All conversations joined anew from their records. */
async function joinAnew(space: UserSpace): Promise<void> {
  const onUnreadable = (error: unknown) => {
    throw error;
  };
  const task = new ReparseTask({ space, clock, onUnreadable });
  space.write((w) => w.outbox.put('reparse', w.parserVersions.chosen({}), clock()));
  while (task.pending() > 0) await task.step();
}

/** Places of a term that stands in a message. */
const found = (space: UserSpace, term: string): number => space.read((r) => r.words.frequency(term));

const token = `ghp_${'aZ3kQ9xW7bT5mR1cV8nP6dL4'.repeat(2).slice(0, 36)}`;
const sentence = fc.constantFrom(
  'When do I sow tomatoes?',
  'I decided to paint the greenhouse blue.',
  `Use ${token} please.`,
  'Thanks.\n\n```js\nconst a = 1;\n```\n\nWhat now?',
  'In March.',
  '',
);

/** One step of a client: it says something more, or goes back some turns and says something else there, or changes its prompt. */
const step = fc.record({
  back: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 5 }) }),
  said: sentence,
  answered: sentence,
  prompt: fc.constantFrom(null, null, 'Be brief.', 'Be kind.'),
});
const chat = fc.record({
  dialect: fc.constantFrom<LiveDialect>('chat', 'responses', 'messages'),
  rule: fc.constantFrom('withhold' as const, 'mask' as const, 'keep' as const),
  steps: fc.array(step, { minLength: 1, maxLength: 10 }),
});

function play(space: UserSpace, { dialect, rule, steps }: typeof chat extends fc.Arbitrary<infer T> ? T : never): void {
  space.write((w) => w.secrets.setRule(rule));
  const { keep } = newRecorder(space, clock);
  let history: Said[] = [];
  let prompt: Said[] = [];
  for (const { back, said, answered, prompt: changed } of steps) {
    history = history.slice(0, Math.max(0, history.length - 2 * back));
    if (changed !== null) prompt = [{ role: 'system', content: changed }];
    history = [...history, { role: 'user', content: said }];
    keep(exchangeOf(dialect, [...prompt, ...history], answered));
    history = [...history, { role: 'assistant', content: answered }];
  }
}

it('exchange by exchange is the same as whole', async () => {
  await fc.assert(
    fc.asyncProperty(chat, async (one) => {
      const space = newSpace({}, clock);
      play(space, one);
      const before = rows(space);
      const words = ['tomatoes', 'greenhouse', 'thanks', 'const'].map((term) => found(space, term));
      await joinAnew(space);
      expect(rows(space)).toEqual(before);
      expect(['tomatoes', 'greenhouse', 'thanks', 'const'].map((term) => found(space, term))).toEqual(words);
    }),
    { numRuns: runs(30) },
  );
});

const call = (id: string, name: string, text: string) => ({
  role: 'assistant',
  content: [{ type: 'tool_use', id, name, input: { text } }],
});
const result = (id: string, text: string) => ({
  role: 'user',
  content: [{ type: 'tool_result', tool_use_id: id, content: text }],
});

/** An agent at work: it asks, calls tools for many turns without a word, and answers. */
function session(space: UserSpace, turns: number, tool: string): void {
  const { keep } = newRecorder(space, clock);
  const history: object[] = [{ role: 'user', content: 'What is the width of the ribbon?' }];
  for (let turn = 0; turn < turns; turn += 1) {
    const id = `call-${turn}`;
    const answer =
      turn === turns - 1 ? [{ type: 'text', text: 'It is nine wide.' }] : call(id, tool, `look ${turn}`).content;
    keep(
      exchangeOf('messages', [], '', {
        request: JSON.stringify({ model: 'm', max_tokens: 9, messages: history }),
        response: JSON.stringify({
          id: `r-${turn}`,
          role: 'assistant',
          model: 'm-1',
          content: answer,
          stop_reason: 'x',
        }),
        startedMs: 1_767_323_045_000 + turn,
      }),
    );
    history.push(call(id, tool, `look ${turn}`), result(id, `seen ${turn}`));
  }
}

it('an answer is an answer however many calls of tools stand before it', async () => {
  const { alice, bob } = twoSpaces();
  session(alice, 30, 'look');
  session(bob, 2, 'look');
  const [before, his] = [rows(alice), rows(bob)];
  const links = alice.read((r) => r.acus.listByType(['answer'], 9));
  expect(links.map(({ acu }) => acu.text)).toEqual(['It is nine wide.']);
  await joinAnew(alice);
  expect(rows(alice)).toEqual(before);
  expect(rows(bob)).toEqual(his);
});

it('a document that is made on the way is joined with all that stands before it', async () => {
  const space = newSpace({}, clock);
  session(space, 6, 'create_file');
  const before = rows(space);
  await joinAnew(space);
  expect(rows(space)).toEqual(before);
});

it('goes on behind what was erased, and brings nothing of it back', async () => {
  const space = newSpace({}, clock);
  const home = newErasing(space, { clock });
  const steps = ['first words', 'qzgone words', 'last words', 'and on', 'and on again'];
  const history: Said[] = [];
  const { keep } = newRecorder(space, clock);
  for (const [ix, content] of steps.entries()) {
    history.push({ role: 'user', content });
    keep(exchangeOf('chat', history, `answer ${ix}`));
    history.push({ role: 'assistant', content: `answer ${ix}` });
    if (ix !== 2) continue;
    const [conversation] = space.read((r) => r.conversations.page({ limit: 1 }).items);
    const messages = space.read((r) =>
      r.conversations.messages(conversation?.id as never, { limit: 99, branches: 'all' }),
    );
    const gone = messages?.items.find(({ parts }) => parts.some(({ text }) => text?.includes('qzgone')));
    await home.erase('message', gone?.id ?? '');
  }
  await home.settle();
  const before = rows(space);
  expect(JSON.stringify(before)).not.toContain('qzgone');
  await joinAnew(space);
  expect(rows(space)).toEqual(before);
  expect(found(space, 'again')).toBe(1);
});

it('a secret is counted with the exchange that said it, and not again with the next ones', () => {
  const space = newSpace({}, clock);
  const { keep } = newRecorder(space, clock);
  const history: Said[] = [{ role: 'user', content: `Use ${token} please.` }];
  for (const answer of ['one', 'two', 'three']) {
    keep(exchangeOf('chat', history, answer));
    history.push({ role: 'assistant', content: answer }, { role: 'user', content: `after ${answer}` });
  }
  // Back to the first answer: this one is joined whole.
  keep(exchangeOf('chat', [...history.slice(0, 2), { role: 'user', content: 'elsewhere' }], 'four'));
  const [run] = space.read((r) => r.imports.page({ limit: 1 }).items);
  expect(run?.report.secrets).toEqual({ found: 1, masked: 0 });
  expect(space.read((r) => r.secrets.page({ limit: 9 }).items)).toMatchObject([{ placeCount: 1 }]);
});
