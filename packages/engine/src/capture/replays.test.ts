/**
 * What a forked or resumed session repeats counts once: in the word index, among the units and the vectors, whichever file came
 * first, while logs grow, when something is erased, and when all is read anew. Nobody else's sessions have a say in it.
 */
import { join } from 'node:path';
import { uuidv7 } from '@vivim/contract/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newErasing } from '../../../../test/kit/erasing.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { openConnection } from '../sqlite/database.ts';
import { growSession } from './grow-session.ts';
import { ReparseTask } from './reparse.ts';

const clock = () => 1_790_000_000_000;
const at = (minute: number) => new Date(1_780_000_000_000 + minute * 60_000).toISOString();

interface Session {
  readonly id: string;
  readonly words: readonly string[];
  /** Minute in which its file begins, and in which what is its own does. */
  readonly minute: number;
  readonly forkedFrom?: string;
}

/** As each program writes it: Claude Code keeps the times of what it repeats, the others write them anew. */
const formats = {
  'claude-code': ({ id, words, forkedFrom }: Session): string =>
    words
      .map((text, n) => {
        const role = n % 2 === 0 ? 'user' : 'assistant';
        const parentUuid = n === 0 ? null : `${id}-${n - 1}`;
        const content = role === 'user' ? text : [{ type: 'text', text }];
        const fork = forkedFrom === undefined ? {} : { forkedFrom: { sessionId: forkedFrom, messageUuid: `${n}` } };
        return `${JSON.stringify({ type: role, uuid: `${id}-${n}`, parentUuid, sessionId: id, timestamp: at(n), message: { role, content }, ...fork })}\n`;
      })
      .join(''),
  codex: ({ id, words, minute, forkedFrom }: Session): string => {
    const meta = { id, timestamp: at(minute), cwd: '/home/a', ...(forkedFrom ? { forked_from_id: forkedFrom } : {}) };
    // Settings are put in front of every session anew.
    const context = {
      type: 'message',
      role: 'user',
      content: [{ type: 'input_text', text: `<environment_context>${id}` }],
    };
    const rows = words.map((text, n) => {
      const role = n % 2 === 0 ? 'user' : 'assistant';
      return { type: 'message', role, content: [{ type: role === 'user' ? 'input_text' : 'output_text', text }] };
    });
    return [
      { type: 'session_meta', payload: meta },
      ...[context, ...rows].map((payload) => ({ type: 'response_item', payload })),
    ]
      .map((row) => `${JSON.stringify({ timestamp: at(minute), ...row })}\n`)
      .join('');
  },
  'gemini-cli': ({ id, words, minute }: Session): string =>
    JSON.stringify({
      sessionId: id,
      projectHash: 'p',
      startTime: at(minute),
      lastUpdated: at(minute + words.length),
      messages: words.map((content, n) => ({
        id: `${id}-${n}`,
        timestamp: at(minute + n),
        type: n % 2 === 0 ? 'user' : 'gemini',
        content,
      })),
    }),
};
type Program = keyof typeof formats;
const programs = Object.keys(formats) as Program[];

const history = ['How do I prune qzroses?', 'Cut qzcanes in winter.', 'And qzapples?', 'In late qzwinter.'];
const family: readonly Session[] = [
  { id: 'first', words: history, minute: 0 },
  { id: 'resumed', words: [...history, 'And qzpears?', 'The same for qzpears.'], minute: 100, forkedFrom: 'first' },
  {
    id: 'again',
    words: [...history, 'And qzpears?', 'The same for qzpears.', 'Good.'],
    minute: 200,
    forkedFrom: 'resumed',
  },
  { id: 'forked', words: [...history.slice(0, 2), 'And qzfigs?', 'In qzspring.'], minute: 300, forkedFrom: 'first' },
  { id: 'other', words: ['How do I prune qzroses?', 'Nobody qzknows.'], minute: 400 },
];

function query(space: UserSpace, sql: string): unknown[] {
  const connection = openConnection(join(space.location.directory, 'user.db'), space.location);
  try {
    return connection.prepare(sql).all();
  } finally {
    connection.close();
  }
}

/** What is told and where: words, units with their links, vectors; and what is shown. */
const told = (space: UserSpace) => ({
  words: query(
    space,
    `SELECT c.external_id, m.external_id AS message, (SELECT group_concat(text) FROM part WHERE message_pk = m.pk) AS text
     FROM word_place w JOIN message m ON m.pk = w.message_pk JOIN conversation c ON c.pk = m.conversation_pk ORDER BY 1, m.seq`,
  ),
  units: query(
    space,
    `SELECT a.id, (SELECT group_concat(l.type || ' ' || t.id) FROM (SELECT * FROM acu_link WHERE from_pk = a.pk AND type <> 'duplicates'
      ORDER BY type, to_pk) l JOIN acu t ON t.pk = l.to_pk) AS links FROM acu a ORDER BY 1`,
  ),
  vectors: query(space, `SELECT m.id FROM embedding e JOIN message m ON m.pk = e.message_pk ORDER BY 1`),
  topics: query(space, 'SELECT key, conversations, messages, acus FROM topic ORDER BY 1'),
  shown: query(space, 'SELECT external_id, message_count FROM conversation ORDER BY 1'),
});

const holdersOf = (space: UserSpace, term: string): unknown[] =>
  space
    .read((r) =>
      r.words.placesOf(
        r.words.atSlots(r.words.places(term, 50).map((place) => Math.floor(place / 64))).map((m) => m.messagePk),
      ),
    )
    .map(
      ({ messagePk }) =>
        (
          query(
            space,
            `SELECT c.external_id AS id FROM message m JOIN conversation c ON c.pk = m.conversation_pk WHERE m.pk = ${messagePk}`,
          )[0] as { id: string }
        ).id,
    );

async function after(program: Program, order: readonly Session[]): Promise<ReturnType<typeof told>> {
  const space = newSpace();
  const kit = newErasing(space, { clock });
  for (const session of order) await kit.bring({ bytes: formats[program](session), name: `${session.id}.jsonl` });
  await kit.settle();
  return told(space);
}

describe.each(programs)('sessions of %s', (program) => {
  it('are told once each, and shown whole', async () => {
    const { alice, bob } = twoSpaces();
    const [hers, his] = [newErasing(alice, { clock }), newErasing(bob, { clock })];
    const runs = [];
    for (const session of family) runs.push(await hers.bring({ bytes: formats[program](session), name: 'a.jsonl' }));
    await his.bring({ bytes: formats[program](family[1] as Session), name: 'b.jsonl' });
    const { words, shown } = told(alice);
    expect(words.map((row) => (row as { text: string }).text).filter((text) => text?.includes('qzroses'))).toEqual([
      history[0],
      history[0],
    ]);
    expect(words).toHaveLength(4 + 2 + 1 + 2 + 2);
    const counts = family.map(({ id, words }) => ({
      external_id: id,
      message_count: words.length + Number(program === 'codex'),
    }));
    expect(shown).toEqual(counts.toSorted((a, b) => (a.external_id < b.external_id ? -1 : 1)));
    expect(runs.map(({ report }) => report.acus).reduce((a, b) => a + b)).toBe(alice.read((r) => r.acus.count()));
    // His is the only one there is: nothing of it is told elsewhere.
    expect(told(bob).words).toHaveLength(6);
  });

  it('end the same in whatever order they come', async () => {
    const expected = await after(program, family);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...family], { minLength: family.length }), async (order) => {
        expect(await after(program, order)).toEqual(expected);
      }),
      { numRuns: 4, examples: [[family.toReversed()]] },
    );
  });

  it('are told by the ones that are left where one is erased', async () => {
    const space = newSpace();
    const kit = newErasing(space, { clock });
    for (const session of family) await kit.bring({ bytes: formats[program](session), name: 'a.jsonl' });
    await kit.settle();
    const [first] = query(space, `SELECT id FROM conversation WHERE external_id = 'first'`) as { id: string }[];
    await kit.erase('conversation', first?.id ?? '');
    await kit.settle();
    const { shown: _, ...left } = told(space);
    const { shown: __, ...never } = await after(program, family.slice(1));
    expect(left).toEqual(never);
  });

  it('are the same when all is read anew', async () => {
    const space = newSpace();
    const kit = newErasing(space, { clock });
    for (const session of family.toReversed()) await kit.bring({ bytes: formats[program](session), name: 'a.jsonl' });
    await kit.settle();
    const before = told(space);
    const onUnreadable = (error: unknown) => {
      throw error;
    };
    const task = new ReparseTask({ space, clock, onUnreadable });
    space.write((w) => w.outbox.put('reparse', w.parserVersions.chosen({}), clock()));
    while (task.pending() > 0) await task.step();
    await kit.settle();
    expect(told(space)).toEqual(before);
  });
});

it('a log that grows, of a session and of what goes on from it, ends as if both had come whole', async () => {
  const [one, other] = family.slice(0, 2) as [Session, Session];
  const linesOf = (session: Session) => formats['claude-code'](session).split(/(?<=\n)/);
  const expected = await after('claude-code', [one, other]);
  const steps = fc.shuffledSubarray([...one.words.map(() => 0), ...other.words.map(() => 1)], {
    minLength: one.words.length + other.words.length,
  });
  await fc.assert(
    fc.asyncProperty(steps, async (order) => {
      const space = newSpace();
      const kit = newErasing(space, { clock });
      const logs = [one, other].map((session) => ({ session, lines: linesOf(session), from: 0 }));
      for (const which of order) {
        const log = logs[which];
        const bytes = Buffer.from(log?.lines.shift() ?? '');
        if (log === undefined) continue;
        growSession(
          { space, clock, onUnexpected: (error) => expect.unreachable(String(error)) },
          { key: `${which}`.repeat(64), source: 'claude-code', fileName: log.session.id, from: log.from, bytes },
          { id: uuidv7(), operation: 'growSession', requestHash: 'h' },
        );
        log.from += bytes.length;
        await kit.settle();
      }
      expect(told(space)).toEqual(expected);
    }),
    { numRuns: 5 },
  );
});

it('what is erased in the one is told by the other from there on, for it said so too', async () => {
  const space = newSpace();
  const kit = newErasing(space, { clock });
  for (const session of family.slice(0, 2)) await kit.bring({ bytes: formats.codex(session), name: 'a.jsonl' });
  expect(holdersOf(space, 'qzapples')).toEqual(['first']);
  const [row] = query(
    space,
    `SELECT m.id FROM message m JOIN part p ON p.message_pk = m.pk JOIN conversation c ON c.pk = m.conversation_pk
     WHERE c.external_id = 'first' AND p.text LIKE '%qzapples%'`,
  ) as { id: string }[];
  await kit.erase('message', row?.id ?? '');
  expect(holdersOf(space, 'qzapples')).toEqual(['resumed']);
  expect(holdersOf(space, 'qzcanes')).toEqual(['first']);
});
