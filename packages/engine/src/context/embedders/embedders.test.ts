/**
 * Changing who makes vectors: the old ones answer until the new ones cover the space, nothing leaves without consent, limits hold
 * before anything leaves, and vectors of two models are never compared.
 */
import type { EmbedAnswer, EmbedAsk } from '@vivim/contract/model-asks';
import { describe, expect, it } from 'vitest';
import { fillSpace } from '../../../../../test/kit/fill-space.ts';
import { letterEmbedder } from '../../../../../test/kit/letter-embedder.ts';
import { newSpace, twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { vectorsBy } from '../retrieval/pieces.ts';
import { QuestionVector } from '../retrieval/question-vector.ts';
import { VectorIndex } from '../retrieval/vector-index.ts';
import { ServiceGate } from '../services/service-gate.ts';
import { Embedders } from './embedders.ts';
import { embeddingTasks } from './embedding-tasks.ts';

const address = { kind: 'openai', baseUrl: 'https://vectors.example/v1', model: 'm' } as const;
const day = 86_400_000;

/** A service that answers at once, as many dimensions as are asked for. */
const answering =
  (dimensions: number) =>
  (ask: EmbedAsk): EmbedAnswer => {
    const all = Buffer.alloc(ask.texts.length * dimensions * 4);
    ask.texts.forEach((text, index) => {
      for (let i = 0; i < dimensions; i++)
        all.writeFloatLE((text.charCodeAt(i % text.length) % 7) - 3 + 0.5, (index * dimensions + i) * 4);
    });
    return { ok: true, dimensions, vectors: all.toString('base64'), tokens: 2 };
  };

function home(space: UserSpace = newSpace(), respond: (ask: EmbedAsk) => EmbedAnswer = answering(40)) {
  fillSpace(
    space,
    ['a', 'b', 'c'].map((externalId) => ({ externalId, messages: [{ text: `Ferry ${externalId} leaves.` }] })),
  );
  space.write((w) => {
    w.words.index([1, 2, 3]);
    w.outbox.put('embed', [1, 2, 3], 0);
    return null;
  });
  const clock = { now: Date.UTC(2026, 10, 20) };
  const asked: EmbedAsk[] = [];
  const embedders = new Embedders({
    space,
    gate: new ServiceGate({ space, clock: () => clock.now }),
    builtIn: letterEmbedder(),
    ask: (ask) => {
      asked.push(ask);
      return Promise.resolve(respond(ask));
    },
    clock: () => clock.now,
    onSwitched: () => vectors.forget(),
    wake: () => {},
  });
  const vectors = new VectorIndex(space, embedders.answering);
  const tasks = embeddingTasks({ space, embedders, vectors, clock: () => clock.now, wake: () => {} });
  const [answeringTask, chosenTask, retiring] = tasks as [(typeof tasks)[0], (typeof tasks)[0], (typeof tasks)[0]];
  const finish = async () => {
    for (;;) {
      const task = tasks.find((one) => one.pending() > 0);
      if (task === undefined) return;
      await task.step(new AbortController().signal);
    }
  };
  const setUp = (more: { monthlyTokens?: number; perMinute?: number } = {}) =>
    space.write((w) => {
      w.modelServices.put('mine', { ...address, key: 'k', ...more }, clock.now);
      w.modelServices.learn({ name: 'mine', ...address, dimensions: 40, chatForm: null });
      w.modelServices.agree({ name: 'mine', purpose: 'embed', seen: address, atMs: clock.now });
    });
  const choose = (service: string | null) => {
    const state = space.write((w) => embedders.choose(w, service));
    embedders.settle();
    return state;
  };
  const choice = () => space.read((r) => embedders.state(r));
  const countOf = (model: string) =>
    space.read((r) => r.embeddings.signs(vectorsBy({ name: model }), null, 100)).length;
  const log = () => space.read((r) => r.modelCalls.latest(100));
  return {
    space,
    clock,
    asked,
    embedders,
    vectors,
    answeringTask,
    chosenTask,
    retiring,
    finish,
    setUp,
    choose,
    choice,
    countOf,
    log,
  };
}
const mine = 'openai:m@https://vectors.example/v1#40';

describe('who makes vectors', () => {
  it('changes over when every conversation has new vectors, and the old ones answer until then', async () => {
    const h = home();
    await h.finish();
    h.setUp();
    expect(h.choose('mine')).toEqual({ answering: null, chosen: 'mine', waiting: 3 });
    const question = new QuestionVector(h.embedders.answering, h.vectors, () => h.clock.now);
    const before = (await question.of(['ferry', 'tent'])) ?? [];
    expect(before.map((vector) => vector.length)).toEqual([32, 32]);
    expect(h.vectors.around(before, 3)?.similarities(before).size).toBe(3);
    await h.finish();
    expect(h.choice()).toEqual({ answering: 'mine', chosen: 'mine', waiting: 0 });
    expect(question.current(before)).toBeNull();
    const after = (await question.of(['ferry'])) ?? [];
    expect(after.map((vector) => vector.length)).toEqual([64]);
    expect(h.vectors.around(after, 3)?.similarities(after).size).toBe(3);
    expect([h.countOf('letters'), h.countOf(mine)]).toEqual([3, 3]);
  });

  it('lets the old vectors go a day later, and has nothing made again for whoever changes back before', async () => {
    const h = home();
    await h.finish();
    h.setUp();
    h.choose('mine');
    await h.finish();
    const sent = h.asked.length;
    h.choose(null);
    await h.finish();
    expect(h.choice()).toMatchObject({ answering: null, chosen: null });
    h.choose('mine');
    await h.finish();
    expect(h.choice()).toMatchObject({ answering: 'mine' });
    expect(h.asked).toHaveLength(sent);
    h.clock.now += day + 1;
    await h.finish();
    expect([h.countOf('letters'), h.countOf(mine)]).toEqual([0, 3]);
    expect(h.space.read((r) => r.embeddings.models())).toEqual([vectorsBy({ name: mine })]);
  });

  it('embeds what arrives during the change for both', async () => {
    const h = home();
    h.setUp();
    h.choose('mine');
    await h.chosenTask.step(new AbortController().signal);
    await h.finish();
    expect([h.countOf('letters'), h.countOf(mine)]).toEqual([3, 3]);
    expect(h.choice()).toEqual({ answering: 'mine', chosen: 'mine', waiting: 0 });
  });

  it('falls back to the built-in embedder at once where the service is withdrawn', async () => {
    const h = home();
    await h.finish();
    h.setUp();
    h.choose('mine');
    await h.finish();
    h.space.write((w) => {
      w.modelServices.agree({ name: 'mine', purpose: 'embed', seen: null, atMs: null });
      h.embedders.lose(w, 'mine');
    });
    h.embedders.settle();
    expect(h.choice()).toMatchObject({ answering: null, chosen: null });
    const sent = h.asked.length;
    await h.finish();
    expect(h.asked).toHaveLength(sent);
    expect(h.embedders.answering.name).toBe('letters');
  });

  it('is not chosen before it was tested and agreed to, nor where there is none', () => {
    const h = home();
    expect(() => h.choose('mine')).toThrow(expect.objectContaining({ code: 'not_found' }));
    h.space.write((w) => w.modelServices.put('mine', address, 0));
    expect(() => h.choose('mine')).toThrow(expect.objectContaining({ code: 'model_not_allowed' }));
    h.space.write((w) => w.modelServices.agree({ name: 'mine', purpose: 'embed', seen: address, atMs: 1 }));
    expect(() => h.choose('mine')).toThrow(expect.objectContaining({ code: 'request_invalid' }));
  });

  it('touches nobody else', async () => {
    const { alice, bob } = twoSpaces();
    const h = home(alice);
    const other = home(bob);
    h.setUp();
    h.choose('mine');
    await h.finish();
    expect(other.choice()).toEqual({ answering: null, chosen: null, waiting: 0 });
    expect(other.asked).toEqual([]);
    expect(other.log()).toEqual([]);
  });
});

describe('before anything leaves', () => {
  it('is written down, without a word of it', async () => {
    const during: string[] = [];
    const h = home(newSpace(), (ask) => {
      during.push(...h.log().map(({ outcome }) => outcome));
      return answering(40)(ask);
    });
    h.setUp();
    h.choose('mine');
    await h.finish();
    expect(during).toContain('sent');
    expect(h.log().every(({ outcome }) => outcome === 'answered')).toBe(true);
    expect(JSON.stringify(h.log())).not.toContain('Ferry');
    expect(h.log().reduce((sum, { texts }) => sum + texts, 0)).toBe(3);
  });

  it('the tokens of the month and the requests of the minute are looked at', async () => {
    const h = home();
    h.setUp({ monthlyTokens: 1 });
    h.choose('mine');
    await expect(h.chosenTask.step(new AbortController().signal)).rejects.toMatchObject({
      code: 'model_limit_reached',
    });
    expect(h.asked).toEqual([]);
    h.space.write((w) => w.modelServices.put('mine', { ...address, monthlyTokens: null, perMinute: 1 }, 0));
    const { chosen } = h.embedders;
    await chosen.embed(['one']);
    await expect(chosen.embed(['two'])).rejects.toMatchObject({ code: 'rate_limited', retryAfterSeconds: 60 });
    expect(h.asked).toHaveLength(1);
  });

  it.each([
    ['too few', (ask: EmbedAsk) => answering(40)({ ...ask, texts: ask.texts.slice(1) })],
    ['another size', answering(41)],
    [
      'NaN',
      (ask: EmbedAsk) => ({
        ...answering(40)(ask),
        vectors: Buffer.alloc(ask.texts.length * 160, 0xff).toString('base64'),
      }),
    ],
    [
      'noughts',
      (ask: EmbedAsk) => ({ ...answering(40)(ask), vectors: Buffer.alloc(ask.texts.length * 160).toString('base64') }),
    ],
  ] as const)('a bad vector is not stored: %s', async (_, respond) => {
    const h = home(newSpace(), respond as (ask: EmbedAsk) => EmbedAnswer);
    h.setUp();
    h.choose('mine');
    await expect(h.chosenTask.step(new AbortController().signal)).rejects.toMatchObject({
      code: 'model_answer_invalid',
    });
    expect(h.countOf(mine)).toBe(0);
    expect(h.log()[0]?.outcome).toBe('model_answer_invalid');
    expect(h.chosenTask.pending()).toBe(0);
    expect(h.choice().waiting).toBe(3);
  });

  it('waits as long as the service asks', async () => {
    const h = home(newSpace(), () => ({ ok: false, code: 'rate_limited', detail: 'wait', retryAfterSeconds: 90 }));
    h.setUp();
    h.choose('mine');
    await expect(h.chosenTask.step(new AbortController().signal)).rejects.toMatchObject({ code: 'rate_limited' });
    h.clock.now += 89_000;
    expect(h.chosenTask.pending()).toBe(0);
    h.clock.now += 1_000;
    expect(h.chosenTask.pending()).toBe(3);
  });
});
