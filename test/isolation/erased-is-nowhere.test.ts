/**
 * What was erased is nowhere in the directory of the space: not in a row, not in the slack or the free pages of the file, not
 * in the index of words, not in a compressed record, not in the log. What was not erased is all there, and Bob's files are
 * byte for byte what they were.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import type { ErasureKind, Mentions } from '@vivim/contract/erasure';
import type { UserSpace } from '@vivim/engine/space/user-space';
import { openConnection } from '@vivim/engine/sqlite/database';
import { describe, expect, it } from 'vitest';
import { newErasing, rawPages, wordsIn } from '../kit/erasing.ts';
import { chatGptConversation, dialogue } from '../kit/exports.ts';
import { twoSpaces } from '../kit/spaces.ts';

/** Words nobody else writes. */
const word = (name: string) => `qz${name}wx`;
/** A token of the shape its provider gives it. */
const token = `ghp_${'aZ3kQ9xW7bT5mR1cV8nP6dL4'.repeat(2).slice(0, 36)}`;
const filler = 'It was a calm evening and the lighthouse keeper wrote it down in the log of the harbour.';

const talks = [
  dialogue(word('aid'), `Plan for ${word('atitle')}`, [
    `My friend Ottoline${word('aname')} lives in Lisbon with ${word('aone')}. ${filler}`,
    `Then Ottoline${word('aname')} should see ${word('atwo')}. ${filler}`,
    `I decided to keep ${word('athree')}. Please always answer in ${word('afour')}.`,
    `I will. ${word('afive')} it is.`,
  ]),
  dialogue(word('bid'), `About ${word('btitle')}`, [
    `First I planted ${word('bone')} in the garden.\n\nThen I sold ${word('btwo')} at the market.\n\nAt last ${word('bthree')} came.`,
    `You planted and sold; ${word('bfour')} is next. ${filler}`,
    `Thank you, ${word('bfive')}. My token is ${token}, by the way.`,
  ]),
];
/** What was edited away, and what code defines. */
const branched = chatGptConversation(word('cid'), `Branches ${word('ctitle')}`, [
  { id: 'c-1', parent: null, role: 'user', text: `At first I asked about ${word('cone')}. ${filler}` },
  { id: 'c-2', parent: null, role: 'user', text: `Then of code instead. ${filler}` },
  {
    id: 'c-3',
    parent: 'c-2',
    role: 'assistant',
    text: `Here it is:\n\n\`\`\`python\ndef ${word('ctwo')}(path):\n    return path\n\`\`\``,
  },
]);
const others = Array.from({ length: 40 }, (_, n) =>
  dialogue(`other-${n}`, `Other ${n}`, [`${filler} ${word(`other${n}`)} ${filler}`, `Noted, ${word(`reply${n}`)}.`]),
);
const aWords = ['aid', 'atitle', 'aone', 'atwo', 'athree', 'afour', 'afive'].map(word);
const otherWords = Array.from({ length: 40 }, (_, n) => [word(`other${n}`), word(`reply${n}`)]).flat();
const file = (conversations: readonly object[]) => JSON.stringify(conversations);
const everything = file([...others.slice(0, 20), ...talks, branched, ...others.slice(20)]);

/** Alice with all an engine makes of her exports, and Bob with his own. */
async function twoHomes() {
  const { alice, bob } = twoSpaces();
  const home = newErasing(alice);
  const bobs = newErasing(bob);
  await home.bring({ bytes: everything, name: `${word('filename')}.json` });
  await home.settle();
  await bobs.bring(file([dialogue('bob', 'Bob', [`${filler} ${word('bob')}`, 'Yes.'])]));
  await bobs.settle();
  bob.emptyLog();
  const untouched = hashesBelow(bob.location.directory);
  return { alice, bob, home, untouched };
}

const hashesBelow = (directory: string) =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(directory, name)).isFile() && !name.endsWith('-shm'))
    .sort()
    .map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(directory, name)))
        .digest('hex'),
    ]);

/** Every record, unpacked; and every readable value of every table, as a search of rows would meet it. */
function unpacked(space: UserSpace): Buffer {
  const connection = openConnection(join(space.location.directory, 'user.db'), space.location);
  try {
    const records = connection.prepare('SELECT bytes_zstd AS z FROM raw_record').all() as { z: Buffer }[];
    return Buffer.concat(records.map(({ z }) => zstdDecompressSync(z)));
  } finally {
    connection.close();
  }
}

/** Words that stand anywhere in the space's directory. */
function foundIn(space: UserSpace, words: readonly string[]): string[] {
  const { directory } = space.location;
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(directory, name)).isFile(),
  );
  const bytes = [rawPages(space.location), unpacked(space), Buffer.from(files.join('\n'))];
  return words.filter((each) => bytes.some((part) => wordsIn(part, [each]).length > 0));
}

const logBytes = (space: UserSpace) => statSync(join(space.location.directory, 'user.db-wal')).size;
const idOf = (space: UserSpace, title: string) =>
  space.read((r) => r.conversations.page({ limit: 200 })).items.find((each) => each.title === title)?.id as string;
const messagesOf = (space: UserSpace, id: string) =>
  space.read((r) => r.conversations.messages(id as never, { limit: 200, branches: 'all' }))?.items ?? [];
const unitWith = (space: UserSpace, id: string, text: string) =>
  messagesOf(space, id)
    .flatMap((message) => space.read((r) => r.acus.listForMessage(message.id, { limit: 200 }))?.items ?? [])
    .find((unit) => unit.text.includes(text))?.id as string;

interface Case {
  readonly name: string;
  readonly kind: ErasureKind;
  readonly mentions?: Mentions;
  readonly id: (space: UserSpace) => string;
  readonly gone: readonly string[];
  readonly stays: readonly string[];
}

const aTitle = `Plan for ${word('atitle')}`;
const bTitle = `About ${word('btitle')}`;
const bWords = ['bid', 'btitle', 'bone', 'btwo', 'bthree', 'bfour', 'bfive'].map(word);
const cases: readonly Case[] = [
  {
    name: 'a conversation',
    kind: 'conversation',
    id: (space) => idOf(space, aTitle),
    gone: [...aWords, word('aname')],
    stays: [...bWords, ...otherWords],
  },
  {
    name: 'a conversation with another branch and code',
    kind: 'conversation',
    id: (space) => idOf(space, `Branches ${word('ctitle')}`),
    gone: ['cid', 'ctitle', 'cone', 'ctwo'].map(word),
    stays: [...aWords, ...bWords, ...otherWords],
  },
  {
    name: 'a message of another branch',
    kind: 'message',
    id: (space) => messagesOf(space, idOf(space, `Branches ${word('ctitle')}`))[0]?.id as string,
    gone: [word('cone')],
    stays: [word('ctitle'), word('ctwo'), ...aWords, ...bWords, ...otherWords],
  },
  {
    name: 'a message in the middle',
    kind: 'message',
    id: (space) => messagesOf(space, idOf(space, aTitle))[2]?.id as string,
    gone: [word('athree'), word('afour')],
    stays: [word('atitle'), word('aone'), word('atwo'), word('afive'), ...bWords, ...otherWords],
  },
  {
    name: 'a unit inside a message',
    kind: 'acu',
    id: (space) => unitWith(space, idOf(space, bTitle), word('btwo')),
    gone: [word('btwo')],
    stays: [word('bone'), word('bthree'), word('bfour'), ...aWords, ...otherWords],
  },
  {
    name: 'an entity with every mention of its name',
    kind: 'entity',
    mentions: 'redact',
    id: (space) => entityNamed(space, word('aname')),
    gone: [word('aname')],
    stays: [...aWords, ...bWords, ...otherWords],
  },
  {
    name: 'a secret',
    kind: 'secret',
    id: (space) => space.read((r) => r.secrets.page({ limit: 10 })).items[0]?.id as string,
    gone: [token],
    stays: [...aWords, ...bWords, ...otherWords],
  },
  {
    name: 'an import with all it alone brought',
    kind: 'import',
    id: (space) => space.read((r) => r.imports.page({ limit: 1 })).items[0]?.id as string,
    gone: [...aWords, ...bWords, ...otherWords, word('filename')],
    stays: [],
  },
];

function entityNamed(space: UserSpace, part: string): string {
  const connection = openConnection(join(space.location.directory, 'user.db'), space.location);
  try {
    const row = connection.prepare('SELECT id FROM entity WHERE name LIKE ?').get(`%${part}%`) as { id: string };
    return row.id;
  } finally {
    connection.close();
  }
}

describe('what was erased is nowhere', () => {
  it('and the search for it sees what SQLite leaves behind when nobody takes care', async () => {
    const { alice } = await twoHomes();
    expect(foundIn(alice, [...aWords, ...bWords, ...otherWords])).toHaveLength(aWords.length + bWords.length + 80);
    const careless = rawPages(alice.location, (copy) => {
      copy.pragma('secure_delete=OFF');
      copy.exec('DELETE FROM part');
    });
    expect(wordsIn(careless, [word('aone')])).toEqual([word('aone')]);
  });

  it.each(cases)('$name', async ({ kind, mentions, id, gone, stays }) => {
    const { alice, bob, home, untouched } = await twoHomes();
    expect(foundIn(alice, gone)).toEqual(gone);
    const receipt = await home.erase(kind, id(alice), mentions);
    expect(foundIn(alice, gone)).toEqual([]);
    expect(logBytes(alice)).toBe(0);
    expect(receipt.remaining).toEqual([]);
    await home.settle();
    expect(foundIn(alice, gone)).toEqual([]);
    expect(foundIn(alice, stays)).toEqual(stays);
    expect(JSON.stringify(home.book)).not.toMatch(/qz\w+wx/);
    // The same export again: it stays away, and the report says why.
    const again = await home.bring({ bytes: everything, name: 'again.json' });
    await home.settle();
    expect(
      foundIn(
        alice,
        gone.filter((each) => each !== word('filename')),
      ),
    ).toEqual([]);
    expect(again.report.issues.map(({ code }) => code)).toContain('erased_by_you');
    // Once it is allowed, the next import brings it in.
    await home.allow(receipt.id);
    await home.bring({ bytes: everything, name: 'allowed.json' });
    await home.settle();
    expect(
      foundIn(
        alice,
        gone.filter((each) => each !== word('filename')),
      ),
    ).toEqual(gone.filter((each) => each !== word('filename')));
    expect(hashesBelow(bob.location.directory)).toEqual(untouched);
  });

  it('also where a later version of the conversation came between', async () => {
    const { alice, home } = await twoHomes();
    const id = messagesOf(alice, idOf(alice, aTitle))[2]?.id as string;
    await home.erase('message', id);
    const grown = chatGptConversation(
      word('aid'),
      aTitle,
      [0, 1, 2, 3, 4].map((n) => ({
        id: `${word('aid')}-${n}`,
        parent: n === 0 ? null : `${word('aid')}-${n - 1}`,
        role: n % 2 === 0 ? ('user' as const) : ('assistant' as const),
        text: n === 2 ? `I decided to keep ${word('athree')}.` : n === 4 ? `And ${word('anew')} at last.` : filler,
      })),
      1_760_000_000,
    );
    await home.bring(file([grown]));
    await home.settle();
    expect(foundIn(alice, [word('athree'), word('afour')])).toEqual([]);
    expect(foundIn(alice, [word('anew')])).toEqual([word('anew')]);
    const left = messagesOf(alice, idOf(alice, aTitle));
    expect(left).toHaveLength(4);
    expect(left[2]?.parentId).toBe(left[1]?.id);
  });
});
