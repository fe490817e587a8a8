/**
 * What an engine can have asked of a model, however badly it wants to: what its own owner agreed to for that purpose and no other,
 * until that is taken back. Consents are real rows of a real master, the service a real process; the engine is whoever asks.
 */
import type { UserId } from '@vivim/contract/ids';
import type { ChatAsk } from '@vivim/contract/model-asks';
import type { ModelPurpose } from '@vivim/contract/model-services';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChatServiceProcess, startChatService } from '../../../../test/kit/chat-service.ts';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { signIn } from '../../../../test/kit/sign-in.ts';
import { modelGrantsOf } from '../master/model-grants.ts';
import { createChatCalls } from './chat-calls.ts';
import { createOutgoing, cuttingOff } from './outgoing.ts';
import { createUpstreams } from './upstreams.ts';

let service: ChatServiceProcess;
let simple: ChatServiceProcess;
beforeAll(async () => {
  [service, simple] = await Promise.all([startChatService(), startChatService('', 'plain')]);
});
afterAll(async () => {
  await Promise.all([service.stop(), simple.stop()]);
});

const question = {
  system: 'Answer.',
  user: '{"line":1,"on":null,"says":"a secret of mine"}',
  schema: { type: 'object' },
  mostTokens: 100,
};

describeOnMaster('an engine that asks a model', (kind) => {
  const gateway = useGateway(kind);
  const open = (withinMs?: number) => {
    const grants = modelGrantsOf(gateway().master);
    const outgoing = createOutgoing({
      upstreams: createUpstreams({ allowed: [service.host, simple.host] }),
      grants,
      ...(withinMs === undefined ? {} : { withinMs }),
    });
    return { calls: createChatCalls(outgoing), grants: cuttingOff(grants, outgoing) };
  };
  const address = (of: 'openai' | 'ollama' = 'openai', at = service) => ({
    kind: of,
    baseUrl: of === 'openai' ? `${at.url}/v1` : at.url,
    model: 'reader',
  });
  const ask = (more: Partial<ChatAsk> = {}): ChatAsk => ({
    service: 'mine',
    purpose: 'memories',
    address: { ...address(), key: null },
    form: 'schema',
    ...question,
    ...more,
  });
  const person = async (): Promise<UserId> => (await signIn(gateway())).userId as UserId;
  const agree = (userId: UserId, purpose: ModelPurpose = 'memories', where: ReturnType<typeof address> = address()) =>
    open().grants.give(userId, { service: 'mine', purpose, address: where }, 1_000);
  const refused = { ok: false, code: 'model_not_allowed' };

  it('is heard where its owner agreed to it for that, and by nobody else', async () => {
    const [alice, bob] = [await person(), await person()];
    const { calls } = open();
    await agree(alice, 'embed');
    expect(await calls.forEngine(alice, ask())).toMatchObject(refused);
    await agree(alice);
    await agree(bob, 'memories', address('openai', simple));
    expect(await calls.forEngine(alice, ask())).toMatchObject({ ok: true, tokens: { input: 70, output: 30 } });
    const before = (await service.seen()).length;
    const beforeSimple = (await simple.seen()).length;
    expect(await calls.forEngine(bob, ask())).toMatchObject(refused);
    for (const elsewhere of [{ model: 'other' }, { baseUrl: `${simple.url}/v1` }, { kind: 'ollama' as const }])
      expect(await calls.forEngine(alice, ask({ address: { ...address(), key: null, ...elsewhere } }))).toMatchObject(
        refused,
      );
    expect((await service.seen()).length).toBe(before);
    expect((await simple.seen()).length).toBe(beforeSimple);
  });

  it('is cut off in the middle when that is taken back, and nothing leaves after it', async () => {
    const [alice, bob] = [await person(), await person()];
    const { calls, grants } = open();
    await agree(alice);
    await agree(bob);
    await service.misbehave('hang');
    const [before, left] = [(await service.seen()).length, await service.left()];
    const hers = calls.forEngine(alice, ask());
    const his = calls.forEngine(bob, ask());
    while ((await service.seen()).length < before + 2) await new Promise((resolve) => setTimeout(resolve, 10));
    await grants.withdraw(alice, 'mine', 'memories');
    expect(await hers).toMatchObject(refused);
    while ((await service.left()) === left) await new Promise((resolve) => setTimeout(resolve, 10));
    await service.misbehave('none');
    expect(await calls.forEngine(alice, ask())).toMatchObject(refused);
    // Bob's is under way still: hers took nothing of his away.
    expect(await Promise.race([his, new Promise((resolve) => setTimeout(resolve, 100, 'under way'))])).toBe(
      'under way',
    );
    await grants.withdraw(bob, 'mine');
    expect(await his).toMatchObject(refused);
    expect((await service.seen()).length).toBe(before + 2);
  });

  it('speaks each interface, with a schema where it is known, and a context Ollama has room for', async () => {
    const alice = await person();
    const { calls } = open();
    await agree(alice, 'memories', address('ollama'));
    expect(await calls.forEngine(alice, ask({ address: { ...address('ollama'), key: 'k' } }))).toMatchObject({
      ok: true,
    });
    const last = (await service.seen()).at(-1);
    expect(last).toMatchObject({ path: '/api/chat', authorization: 'Bearer k', body: { stream: false, format: {} } });
    expect((last?.body.options as { num_ctx: number } | undefined)?.num_ctx).toBeGreaterThan(300);
    const tried = await calls.tried({ ...address(), key: null }, question);
    expect(tried.form).toBe('schema');
    const plain = await calls.tried({ ...address('openai', simple), key: null }, question);
    expect(plain.form).toBe('plain');
    await expect(
      calls.tried({ ...address(), baseUrl: `${service.url}/elsewhere`, key: null }, question),
    ).rejects.toMatchObject({
      code: 'upstream_unavailable',
    });
  });

  it.each([
    ['busy', 'rate_limited', 1],
    ['error', 'upstream_unavailable', null],
    ['refuses', 'model_answer_invalid', null],
    ['gone', 'upstream_unavailable', null],
    ['hang', 'upstream_unavailable', null],
    ['html', 'model_answer_invalid', null],
    ['cut', 'model_answer_invalid', null],
    ['huge', 'model_answer_invalid', null],
  ] as const)('hears %s as %s, and nothing the service said', async (fault, code, retryAfterSeconds) => {
    const alice = await person();
    await agree(alice);
    await service.misbehave(fault);
    const answer = await open(fault === 'hang' ? 300 : undefined).calls.forEngine(alice, ask());
    await service.misbehave('none');
    expect(answer).toMatchObject({ ok: false, code, retryAfterSeconds });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });
});
