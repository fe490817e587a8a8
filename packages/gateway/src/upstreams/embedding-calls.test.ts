/**
 * What an engine can have sent, however badly it wants to: to the address and model its own owner agreed to and to no other. The
 * consents are real rows of a real master, the service a real process; the engine is whoever writes the request.
 */
import type { UserId } from '@vivim/contract/ids';
import type { EmbedAsk } from '@vivim/contract/model-asks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EmbeddingServiceProcess, startEmbeddingService } from '../../../../test/kit/embedding-service.ts';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { signIn } from '../../../../test/kit/sign-in.ts';
import { modelGrantsOf } from '../master/model-grants.ts';
import { createEmbeddingCalls } from './embedding-calls.ts';
import { createOutgoing } from './outgoing.ts';
import { createUpstreams } from './upstreams.ts';

let service: EmbeddingServiceProcess;
let other: EmbeddingServiceProcess;
beforeAll(async () => {
  [service, other] = await Promise.all([startEmbeddingService(), startEmbeddingService()]);
});
afterAll(async () => {
  await Promise.all([service.stop(), other.stop()]);
});

describeOnMaster('an engine that asks for vectors', (kind) => {
  const gateway = useGateway(kind);
  const grants = () => modelGrantsOf(gateway().master);
  const calls = (withinMs?: number) =>
    createEmbeddingCalls(
      createOutgoing({
        upstreams: createUpstreams({ allowed: [service.host, other.host] }),
        grants: grants(),
        ...(withinMs === undefined ? {} : { withinMs }),
      }),
    );
  const address = () => ({ kind: 'openai', baseUrl: `${service.url}/v1`, model: 'letters' }) as const;
  const ask = (more: object = {}): EmbedAsk => ({
    service: 'mine',
    address: { ...address(), key: null, ...more },
    texts: ['a secret of mine'],
  });
  const person = async (): Promise<UserId> => (await signIn(gateway())).userId as UserId;
  const agree = (userId: UserId) =>
    grants().give(userId, { service: 'mine', purpose: 'embed', address: address() }, 1_000);
  const refused = { ok: false, code: 'model_not_allowed' };

  it('is sent where its owner agreed to, and nowhere else', async () => {
    const alice = await person();
    await agree(alice);
    expect(await calls().forEngine(alice, ask())).toMatchObject({ ok: true, dimensions: 40, tokens: 3 });
    const before = [(await service.seen()).length, (await other.seen()).length];
    for (const elsewhere of [
      { baseUrl: `${other.url}/v1` },
      { baseUrl: service.url },
      { baseUrl: `${service.url}/v1/../v1` },
      { model: 'another' },
      { kind: 'ollama' },
    ])
      expect(await calls().forEngine(alice, ask(elsewhere))).toMatchObject(refused);
    expect(await calls().forEngine(alice, { ...ask(), service: 'yours' })).toMatchObject(refused);
    expect([(await service.seen()).length, (await other.seen()).length]).toEqual(before);
  });

  it("cannot use another person's consent", async () => {
    const [alice, bob] = [await person(), await person()];
    await agree(alice);
    expect(await calls().forEngine(bob, ask())).toMatchObject(refused);
    await grants().withdraw(bob, 'mine');
    expect(await calls().forEngine(alice, ask())).toMatchObject({ ok: true });
  });

  it('is refused from the moment it is withdrawn', async () => {
    const alice = await person();
    await agree(alice);
    await grants().withdraw(alice, 'mine', 'embed');
    const before = (await service.seen()).length;
    expect(await calls().forEngine(alice, ask())).toMatchObject(refused);
    expect((await service.seen()).length).toBe(before);
  });

  it.each([
    ['busy', 'rate_limited', 1],
    ['error', 'upstream_unavailable', null],
    ['gone', 'upstream_unavailable', null],
    ['hang', 'upstream_unavailable', null],
    ['fewer', 'model_answer_invalid', null],
    ['nan', 'model_answer_invalid', null],
    ['huge', 'model_answer_invalid', null],
  ] as const)('hears %s as %s, and nothing the service said', async (fault, code, retryAfterSeconds) => {
    const alice = await person();
    await agree(alice);
    await service.misbehave(fault);
    const answer = await calls(fault === 'hang' ? 300 : undefined).forEngine(alice, ask());
    await service.misbehave('none');
    expect(answer).toMatchObject({ ok: false, code, retryAfterSeconds });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  it('has four requests open at most', async () => {
    const alice = await person();
    await agree(alice);
    await service.misbehave('hang');
    const made = calls(1_000);
    const answers = await Promise.all(Array.from({ length: 6 }, () => made.forEngine(alice, ask())));
    await service.misbehave('none');
    expect(answers.filter((answer) => !answer.ok && answer.code === 'rate_limited')).toHaveLength(2);
  });
});
