/**
 * What its person keeps out of contexts is in no layer, no bundle and no memory quoted, whatever it is kept out for, until it is
 * taken back; a record says why it is not there; and nobody else's contexts change.
 */
import { ContextRequest } from '@vivim/contract/context';
import type { ExclusionSubject } from '@vivim/contract/exclusion';
import type { AcuId } from '@vivim/contract/ids';
import { beforeEach, describe, expect, it } from 'vitest';
import { asker, contextsOf } from '../../../../test/kit/context.ts';
import { type FilledConversation, fillSpace, indexWords } from '../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { explain } from './assembly-records.ts';
import { Retriever } from './retrieval/retriever.ts';
import { StandingBundles } from './standing-bundles.ts';
import { o200k } from './tokens/byte-pair-tokenizer.ts';

const clock = () => 1_700_000_000_000;
const at = '2024-05-01T09:00:00Z';
const kiln = (text: string, more: object = {}) => ({ text, at, units: [{ text, topics: ['kiln'], ...more }] });

const history: FilledConversation[] = [
  {
    externalId: 'kiln',
    title: 'Kiln',
    messages: [
      kiln('The kiln reached 1240 degrees in nine hours and the blue glaze ran down the shelf.'),
      kiln('The second firing of the kiln cracked the large bowl of my sister.', { entities: ['Emma'] }),
      { text: 'I am allergic to the dust of the kiln.', at },
      kiln('A third firing of the kiln was fine and nothing cracked at all.'),
    ],
  },
  {
    externalId: 'shed',
    title: 'Shed',
    messages: [
      kiln('The shed of the kiln needs a new roof before the winter comes.'),
      { text: 'Always answer in metric units.', at },
    ],
  },
];
const query = 'What happened with the kiln, the glaze and Emma?';

function person(space: UserSpace) {
  const ids = fillSpace(space, history);
  indexWords(space, ids);
  const contexts = contextsOf(space, clock);
  const standing = new StandingBundles({ space, tokenizer: o200k, clock });
  const ask = (more: object = {}) => contexts.compile(ContextRequest.parse({ query, budget: 4_000, ...more }), asker);
  const idOf = (table: 'message' | 'acu', part: string): string => {
    const units = ids.flatMap((id) => {
      const pk = space.read((r) => r.bundles.material.conversation(id))?.pk ?? 0;
      return space.read((r) => r.bundles.material.unitsOfConversation(pk, 50));
    });
    const unit = units.find(({ acu }) => acu.text.includes(part));
    if (unit === undefined) throw new Error(`Nobody says ${part}.`);
    return table === 'acu' ? unit.acu.id : unit.message.id;
  };
  const subject = (kind: 'topic' | 'entity') => space.read((r) => r.bundles.material.subjects(kind, 1))[0]?.id ?? '';
  const keepOut = (kind: string, of: string) =>
    space.write((w) => w.exclusions.make({ kind, of } as ExclusionSubject, clock()));
  return { space, ids, ask, standing, idOf, subject, keepOut };
}
type Person = ReturnType<typeof person>;

let alice: Person;
let bob: Person;
beforeEach(() => {
  const two = twoSpaces();
  alice = person(two.alice);
  bob = person(two.bob);
});

const cases: readonly [string, (of: Person) => string, readonly string[], readonly string[]][] = [
  ['conversation', ({ ids }) => ids[0] ?? '', ['1240', 'second firing', 'allergic'], ['new roof', 'metric']],
  ['message', ({ idOf }) => idOf('message', '1240'), ['1240'], ['second firing', 'allergic']],
  ['unit', ({ idOf }) => idOf('acu', 'allergic'), ['allergic'], ['1240', 'metric']],
  ['topic', ({ subject }) => subject('topic'), ['1240', 'second firing', 'new roof'], ['metric']],
  ['entity', ({ subject }) => subject('entity'), ['second firing', 'Emma (person)'], ['1240', 'allergic']],
  ['source', () => 'generic', ['1240', 'second firing', 'allergic', 'new roof', 'metric'], []],
];

describe.each(cases)('a %s that is kept out', (kind, of, gone, left) => {
  it('is in no context and no bundle that stands, until it is taken back, and another person is not touched', async () => {
    const before = await alice.ask();
    for (const words of [...gone, ...left]) expect(before.text).toContain(words);
    const others = await bob.ask();
    const { id } = alice.keepOut(kind, of(alice));
    const kept = await alice.ask();
    const texts = [kept.text, JSON.stringify(kept.citations), JSON.stringify(kept.omitted), await standingOf(alice)];
    for (const text of texts) for (const words of gone) expect(text).not.toContain(words);
    for (const words of left) expect(kept.text).toContain(words);
    expect((await bob.ask()).hash).toBe(others.hash);
    alice.space.write((w) => w.exclusions.takeBack(id));
    expect((await alice.ask()).hash).toBe(before.hash);
  });

  it('is not found by any arm for a context, and found as ever by its person', async () => {
    const retriever = new Retriever({ space: alice.space, embedder: null, vectors: null, clock });
    const found = async (heeds: object) =>
      JSON.stringify((await retriever.retrieve({ text: query, limit: 50, perMessage: 3, ...heeds })).candidates);
    const before = await found({});
    alice.keepOut(kind, of(alice));
    expect(await found({})).toBe(before);
    for (const words of gone) expect(await found({ heedsExclusions: true })).not.toContain(words);
  });
});

async function standingOf({ standing, ids, subject }: Person): Promise<string> {
  const all = await Promise.all([
    standing.ensure('identity_core', ''),
    standing.ensure('global_prefs', ''),
    standing.ensure('topic', subject('topic')),
    standing.ensure('entity', subject('entity')),
    ...ids.map((id) => standing.ensure('conversation', id)),
  ]);
  // The name of an entity stands above its lines, whose they are.
  return all.map((bundle) => bundle?.text.replace(/^#.*\n/, '') ?? '').join('\n');
}

describe('a context of the conversation itself', () => {
  it('quotes no message whole that holds a unit that is kept out', async () => {
    const text = 'The glaze was bought in Leeds. The price was a secret.';
    const units = [{ text: 'The glaze was bought in Leeds.' }, { text: 'The price was a secret.' }];
    const [id] = fillSpace(alice.space, [{ externalId: 'glaze', messages: [{ text, at, units }] }]);
    const before = await alice.ask({ conversationId: id });
    expect(before.text).toContain('price was a secret');
    alice.keepOut('unit', before.citations.find(({ quoted }) => quoted.includes('Leeds'))?.acuId ?? '');
    const pk = alice.space.read((r) => r.bundles.material.conversation(id ?? ''))?.pk ?? 0;
    const [leeds, price] = alice.space.read((r) => r.bundles.material.unitsOfConversation(pk, 5));
    alice.space.write((w) => w.exclusions.put({ kind: 'unit', key: price?.acu.id ?? '', atMs: 0 }));
    alice.space.write((w) => {
      for (const { pk: row, key } of w.exclusions.all()) if (key === leeds?.acu.id) w.exclusions.drop(row);
    });
    const kept = await alice.ask({ conversationId: id });
    expect(kept.text).toContain('bought in Leeds');
    expect(kept.text).not.toContain('secret');
  });
});

describe('a record', () => {
  it('says why a line is not there: what keeps it out, since when, and how to take that back', async () => {
    const acuId = alice.idOf('acu', '1240') as AcuId;
    const { id } = alice.keepOut('conversation', alice.ids[0] ?? '');
    const bundle = await alice.ask();
    const why = alice.space.read((r) => {
      const record = r.assemblies.find(bundle.id);
      if (record === null) throw new Error('There is no record.');
      return explain(r, record, acuId);
    });
    expect(why).toMatchObject({ state: 'excluded', line: null });
    expect(why.explanation).toContain(`the conversation “Kiln” out of contexts since 2023-11-14`);
    expect(why.explanation).toContain(id);
  });
});

describe('keeping out', () => {
  it('says what it names, once however often it is said, and refuses what is not there', () => {
    const made = alice.keepOut('topic', alice.subject('topic'));
    expect(alice.keepOut('topic', alice.subject('topic'))).toEqual(made);
    expect(made).toMatchObject({ kind: 'topic', of: alice.subject('topic'), name: 'kiln' });
    alice.keepOut('source', 'chatgpt');
    expect(alice.space.read((r) => r.exclusions.page({ limit: 9 })).items.map(({ kind }) => kind)).toEqual([
      'source',
      'topic',
    ]);
    expect(alice.space.read((r) => r.exclusions.page({ limit: 9, of: alice.subject('topic') })).items).toEqual([made]);
    expect(bob.space.read((r) => r.exclusions.page({ limit: 9 })).items).toEqual([]);
    expect(() => alice.keepOut('conversation', `c_${'a'.repeat(32)}`)).toThrow('nothing here');
    expect(() => bob.space.write((w) => w.exclusions.takeBack(made.id))).toThrow('nothing here');
  });
});
