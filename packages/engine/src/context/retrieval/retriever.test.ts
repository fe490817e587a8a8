import { describe, expect, it } from 'vitest';
import { type FilledConversation, fillSpace } from '../../../../../test/kit/fill-space.ts';
import { letterEmbedder } from '../../../../../test/kit/letter-embedder.ts';
import { newSpace, twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { Embedder } from '../../models/embedder.ts';
import type { UserSpace } from '../../space/user-space.ts';
import type { RetrievalRequest } from '../candidate.ts';
import { EmbeddingService } from './embedding-service.ts';
import { Retriever } from './retriever.ts';
import { VectorIndex } from './vector-index.ts';

const trip: FilledConversation = {
  externalId: 'trip',
  title: 'Berlengas',
  messages: [
    { author: 'Marta', text: 'Where does the ferry to the islands leave from?', at: '2025-05-01T10:00:00Z' },
    { author: 'Paulo', text: 'From Peniche, every morning.', at: '2025-05-01T10:01:00Z' },
    { author: 'Marta', text: 'Good. I packed the tent already.', at: '2025-05-01T10:02:00Z' },
  ],
};
const garden: FilledConversation = {
  externalId: 'garden',
  messages: [
    { text: 'My tomato seedlings look pale.', at: '2025-03-01T10:00:00Z' },
    {
      role: 'assistant',
      text: 'Pale seedlings want light. Feed tomato plants after the first true leaves.',
      at: '2025-03-01T10:01:00Z',
      units: [{ text: 'Pale seedlings want light.' }, { text: 'Feed tomato plants after the first true leaves.' }],
    },
  ],
};

function filled(space: UserSpace, ...conversations: FilledConversation[]): UserSpace {
  fillSpace(space, conversations);
  const pks = conversations.map((_, i) => i + 1);
  space.write((w) => {
    w.words.index(pks);
    w.outbox.put('embed', pks, 0);
    return null;
  });
  return space;
}
const asking = (space: UserSpace, embedder: Embedder | null = null) => {
  const vectors = embedder === null ? null : new VectorIndex(space, embedder);
  const retriever = new Retriever({ space, embedder, vectors, clock: () => 0 });
  return (text: string, rest: Partial<RetrievalRequest> = {}) =>
    retriever.retrieve({ text, limit: 10, perMessage: 1, ...rest });
};
const texts = async (answer: ReturnType<ReturnType<typeof asking>>) =>
  (await answer).candidates.map(({ acu }) => acu.text);
async function embedded(space: UserSpace, embedder: Embedder): Promise<UserSpace> {
  const vectors = new VectorIndex(space, embedder);
  const service = new EmbeddingService({ space, embedder, vectors, clock: () => 0, wake: () => {} });
  while (service.pending() > 0) await service.step(new AbortController().signal);
  return space;
}

describe('retrieval', () => {
  it('lifts what was said first of what answers, or last, as the question asks, and says so', async () => {
    const { alice, bob } = twoSpaces();
    const visits = ['2025-01-05', '2025-03-01', '2025-04-03'].map((day, i) => ({
      externalId: `v${i}`,
      messages: [{ text: 'I went to the dentist.', at: `${day}T10:00:00Z` }],
    }));
    filled(alice, ...visits);
    const days = async (space: UserSpace, text: string) => {
      const { candidates } = await asking(space)(text);
      const details = candidates.map(({ reasons }) => reasons.find(({ arm }) => arm === 'recency')?.detail);
      return [candidates[0]?.message.createdMs, details[0]];
    };
    const at = (day: string) => Date.parse(`${day}T10:00:00Z`);
    expect(await days(alice, 'When did I first go to the dentist?')).toEqual([
      at('2025-01-05'),
      'Among the first said of what answers',
    ]);
    expect(await days(alice, 'When was the last time I went to the dentist?')).toEqual([
      at('2025-04-03'),
      'Among the last said of what answers',
    ]);
    expect(await days(bob, 'When did I first go to the dentist?')).toEqual([undefined, undefined]);
  });

  it('compares no question that has no word, and waits for no vector of it; Bob finds nothing either', async () => {
    const { alice, bob } = twoSpaces();
    const embedder = letterEmbedder();
    await embedded(filled(alice, trip, garden), embedder);
    for (const [space, found] of [
      [alice, 2],
      [bob, 0],
    ] as const) {
      for (const text of ['?', '🎂🎉', '…']) {
        expect(await asking(space, embedder)(text)).toMatchObject({ candidates: [], meaningReady: true });
      }
      const then = await asking(space, embedder)('what did we say in March 2025');
      expect([then.candidates.length, then.meaningReady]).toEqual([found, true]);
    }
    expect((await asking(alice, embedder)('?', { without: ['meaning'] })).meaningReady).toBe(false);
  });

  it('finds what was said, says why, and finds nothing of anybody else', async () => {
    const { alice, bob } = twoSpaces();
    filled(alice, trip, garden);
    filled(bob, garden);
    const { candidates, meaningReady } = await asking(alice)('Which ferry goes to the islands?');
    expect(candidates[0]?.acu.text).toBe('Where does the ferry to the islands leave from?');
    expect(candidates[0]?.conversation.externalId).toBe('trip');
    expect(candidates[0]?.message.externalId).toBe('trip/0');
    expect(candidates[0]?.reasons).toEqual([
      { arm: 'words', score: 1, detail: 'It says: ferry, islands', terms: ['ferry', 'islands'] },
    ]);
    expect(meaningReady).toBe(false);
    expect(await texts(asking(bob)('Which ferry goes to the islands?'))).toEqual([]);
  });

  it('finds the answer beside the question it answers', async () => {
    const { candidates } = await asking(filled(newSpace(), trip, garden))('ferry islands');
    const answer = candidates.find(({ acu }) => acu.text === 'From Peniche, every morning.');
    expect(answer?.reasons).toMatchObject([{ arm: 'neighbours', detail: 'Said beside it: ferry, islands' }]);
  });

  const question = (what: string): FilledConversation['messages'][number] => ({ text: `How do I keep it ${what}?` });
  const answer = (text: string): FilledConversation['messages'][number] => ({ role: 'assistant', text });
  const dough: FilledConversation = {
    externalId: 'dough',
    messages: [
      question('alive'),
      answer('Feed the sourdough once a day with flour and water of the same weight.'),
      question('cool'),
      answer(
        'A sourdough keeps for a week where it is cold, in a jar that is not shut. Then it wants to be fed again.',
      ),
      question('fresh'),
      answer('Take half of the sourdough away before each meal it is given.'),
    ],
  };

  it.each(['sourdough', 'sourdough meal'])('shows what says “%s” before what is only beside it', async (text) => {
    const { alice, bob } = twoSpaces();
    filled(alice, dough, garden);
    filled(bob, garden);
    const found = await texts(asking(alice)(text));
    const says = (said: string) => text.split(' ').filter((word) => said.includes(word)).length;
    const nothing = found.findIndex((said) => says(said) === 0);
    expect(nothing).toBeGreaterThan(0);
    expect(found.slice(nothing).map(says)).not.toContain(text.split(' ').length);
    expect(await texts(asking(bob)(text))).toEqual([]);
  });

  it('takes a name for who spoke, and finds by it alone where there is nothing else', async () => {
    const ask = asking(filled(newSpace(), trip));
    const said = await ask('What did Paulo say of Peniche?');
    expect(said.candidates[0]?.reasons.map(({ arm }) => arm)).toContain('speaker');
    expect((await ask('Marta tent')).candidates[0]?.acu.text).toBe('Good. I packed the tent already.');
  });

  it('shows the unit of a message that answers, and more of them where more are wanted', async () => {
    const ask = asking(filled(newSpace(), garden));
    const one = await ask('When do I feed the tomato?', { role: 'assistant' });
    expect(one.candidates.map(({ acu }) => acu.text)).toEqual(['Feed tomato plants after the first true leaves.']);
    const two = await ask('When do I feed the tomato?', { role: 'assistant', perMessage: 2 });
    expect(two.candidates).toHaveLength(2);
    const [first] = one.candidates;
    if (first === undefined) throw new Error('nothing found');
    const other = await ask('When do I feed the tomato?', { role: 'assistant', excludeAcuIds: [first.acu.id] });
    expect(other.candidates.map(({ acu }) => acu.text)).toEqual(['Pale seedlings want light.']);
  });

  it('keeps to its filters', async () => {
    const ask = asking(filled(newSpace(), trip, garden));
    const every = 'ferry islands tomato seedlings Peniche tent';
    expect((await ask(every)).candidates).toHaveLength(5);
    expect((await ask(every, { role: 'assistant' })).candidates.map(({ message }) => message.role)).toEqual([
      'assistant',
    ]);
    expect((await ask(every, { source: 'claude' })).candidates).toEqual([]);
    const may = { fromMs: Date.parse('2025-05-01'), toMs: Date.parse('2025-05-01T10:02:00Z') };
    expect((await ask(every, may)).candidates).toHaveLength(2);
    const excluded = (await ask('ferry')).candidates.map(({ conversation }) => conversation.id);
    expect((await ask(every, { excludeConversationIds: excluded })).candidates).toHaveLength(2);
  });

  it('goes on after a page where the page ended', async () => {
    const ask = asking(filled(newSpace(), trip, garden));
    const whole = (await ask('tomato ferry tent')).candidates.map(({ message }) => message.pk);
    const pages: number[] = [];
    let after: { score: number; messagePk: number } | undefined;
    for (let page = 0; page <= whole.length; page++) {
      const [hit] = (await ask('tomato ferry tent', { limit: 1, ...(after ? { after } : {}) })).candidates;
      if (hit === undefined) break;
      pages.push(hit.message.pk);
      after = { score: hit.score, messagePk: hit.message.pk };
    }
    expect(pages).toEqual(whole);
    expect(whole.length).toBeGreaterThan(3);
  });

  it('finds by meaning what no word finds, once embedded', async () => {
    const embedder = letterEmbedder();
    const space = filled(newSpace(), trip, garden);
    expect((await asking(space, embedder)('yrref')).candidates).toEqual([]);
    await embedded(space, embedder);
    const { candidates, meaningReady } = await asking(space, embedder)('tnet kcap');
    expect(meaningReady).toBe(true);
    expect(candidates[0]?.reasons[0]?.arm).toBe('meaning');
  });

  it.each([
    ['hangs', () => new Promise<Float32Array[]>(() => {})],
    ['fails', () => Promise.reject(new Error('gone'))],
    ['answers nonsense', () => Promise.resolve([new Float32Array(32).fill(Number.NaN)])],
  ])('answers by words alone when the embedder %s', async (_, embed) => {
    const space = await embedded(filled(newSpace(), trip), letterEmbedder());
    const { candidates, meaningReady } = await asking(space, { ...letterEmbedder(), embed })('ferry');
    expect(candidates[0]?.acu.text).toContain('ferry');
    expect(meaningReady).toBe(false);
  });
});

describe('a question that asks for nothing but a time', () => {
  it.each([
    'What did we talk about in May 2025?',
    'what did I decide in May 2025',
    'What did I say on 2025-05-01?',
    'between 20 April and 3 May 2025',
    'Worüber haben wir im Mai 2025 gesprochen?',
    'Was habe ich vor sieben Monaten gesagt?',
    'De quoi avons-nous parlé en mai 2025 ?',
    'Qu’est-ce que j’ai dit le 1er mai 2025 ?',
    '¿De qué hablamos en mayo de 2025?',
    '¿Qué te dije hace siete meses?',
  ])('finds what was said then, by whatever words, and nothing else: %s', async (question) => {
    const { alice, bob } = twoSpaces();
    filled(alice, garden, trip, {
      externalId: 'year',
      messages: [{ text: 'We talk about May 2025.', at: '2024-01-01T10:00:00Z' }],
    });
    filled(bob, garden);
    const found = await texts(asking(alice)(question, { nowMs: Date.parse('2025-12-01') }));
    expect(found.toSorted()).toEqual(trip.messages.map(({ text }) => text).toSorted());
    expect(await texts(asking(bob)(question, { nowMs: Date.parse('2025-12-01') }))).toEqual([]);
  });

  it('is none that names anything beside it, also where another language says nothing by the word', async () => {
    const war = { externalId: 'war', messages: [{ text: 'The war began.', at: '2024-01-01T10:00:00Z' }] };
    const after = await texts(asking(filled(newSpace(), war, trip))('What did I say of the war in May 2025?'));
    expect(after).toContain('The war began.');
    const found = await texts(asking(filled(newSpace(), garden, trip))('Which tomato in May 2025?'));
    expect(found[0]).toContain('tomato');
  });
});

describe('times told by an event', () => {
  const year: FilledConversation = {
    externalId: 'year',
    messages: [
      { text: 'I made fish soup for the neighbours.', at: '2025-02-01T10:00:00Z' },
      { text: 'Yesterday I moved to Lisbon with two suitcases.', at: '2025-03-02T10:00:00Z' },
      { text: 'I made fish stew in the new kitchen.', at: '2025-03-02T18:00:00Z' },
      { text: 'I made fish pie again.', at: '2025-06-01T10:00:00Z' },
    ],
  };
  const timely = async (question: string, space: UserSpace, rest: Partial<RetrievalRequest> = {}) =>
    (await asking(space)(question, rest)).candidates.flatMap(({ acu, reasons }) => {
      const time = reasons.find(({ arm }) => arm === 'time');
      return time === undefined ? [] : [{ text: acu.text, detail: time.detail, event: time.event }];
    });

  it('are looked up in what the person said, and the answer says when that was and how it is known', async () => {
    const space = filled(newSpace(), year);
    const found = await timely('Which fish did I make before I moved to Lisbon?', space);
    expect(found.map(({ text }) => text)).toEqual(['I made fish soup for the neighbours.']);
    expect(found[0]?.detail).toContain('“I moved to Lisbon” was on 2025-03-01, as said on 2025-03-02');
    expect(found[0]?.event).toEqual({
      event: 'I moved to Lisbon',
      said: 'before I moved to Lisbon',
      day: '2025-03-01',
      saidOn: '2025-03-02',
    });
    const since = await timely('Which fish did I make since I moved to Lisbon?', space, {
      without: ['neighbours'],
      nowMs: Date.parse('2025-12-01'),
    });
    expect(since.map(({ text }) => text)).toContain('I made fish pie again.');
    expect(since.map(({ text }) => text)).not.toContain('I made fish soup for the neighbours.');
    expect(await timely('Which fish did I make before I moved to Lisbon?', space, { without: ['time'] })).toEqual([]);
  });

  it('are words like any other where nothing says when it was, and the answer says so; nobody else is asked', async () => {
    const { alice, bob } = twoSpaces();
    filled(alice, year);
    filled(bob, garden);
    const { candidates } = await asking(bob)('Did my tomato look pale before I moved to Lisbon?');
    expect(candidates[0]?.reasons.map(({ arm }) => arm)).not.toContain('time');
    expect(candidates[0]?.reasons.find(({ arm }) => arm === 'words')?.detail).toContain(
      'Nothing says when it was: “I moved to Lisbon” was asked as words',
    );
  });
});

describe('what is known of the person', () => {
  const named: FilledConversation = {
    externalId: 'named',
    messages: [
      { text: 'Our flight leaves at noon.', units: [{ text: 'Our flight leaves at noon.', entities: ['big apple'] }] },
      { text: 'The flight was booked in May, for all of us and the dog.' },
    ],
  };

  it('lifts what names the entity a question names, whichever way it is written', async () => {
    const { alice, bob } = twoSpaces();
    filled(alice, named);
    filled(bob, { ...named, messages: named.messages.map(({ text }) => ({ text })) });
    const [first] = (await asking(alice)('When is the flight to the Big-Apple?')).candidates;
    expect(first?.reasons.find(({ arm }) => arm === 'entity')?.detail).toContain('big apple');
    const arms = async (space: UserSpace, rest: Partial<RetrievalRequest> = {}) =>
      (await asking(space)('When is the flight to the Big-Apple?', rest)).candidates.flatMap(({ reasons }) =>
        reasons.map(({ arm }) => arm),
      );
    expect(await arms(alice, { without: ['entity'] })).not.toContain('entity');
    expect(await arms(bob)).not.toContain('entity');
  });

  it('lifts what a memory stands on that the question is about', async () => {
    const { alice, bob } = twoSpaces();
    filled(alice, garden, { externalId: 'me', messages: [{ text: 'My daughter Emma likes tomato soup.' }] });
    filled(bob, garden, { externalId: 'me', messages: [{ text: 'Emma likes tomato soup.' }] });
    const arms = async (space: UserSpace, rest: Partial<RetrievalRequest> = {}) =>
      (await asking(space)('Which soup does my daughter Emma like?', rest)).candidates.flatMap(({ reasons }) =>
        reasons.map(({ arm }) => arm),
      );
    expect(await arms(alice)).toContain('standing');
    expect(await arms(alice, { without: ['standing'] })).not.toContain('standing');
    expect(await arms(bob)).not.toContain('standing');
  });
});
