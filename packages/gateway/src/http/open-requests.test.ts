/** What is open when a session ends, over real HTTP: event streams above all. */
import { describe, expect, it } from 'vitest';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { type SignedIn, signIn, verdict } from '../../../../test/kit/sign-in.ts';
import { events, type OpenStream, openStream } from '../../../../test/kit/streams.ts';
import { emptyAnswer } from '../../../../test/kit/test-gateway.ts';

describeOnMaster('the end of a session', (kind) => {
  const gateway = useGateway(kind);

  /** Opens the stream of events of a person's space. */
  async function listenTo(person: SignedIn): Promise<OpenStream> {
    gateway().answer = events;
    const headers = { authorization: `DPoP ${person.token}`, dpop: person.proof('GET', '/v1/events') };
    const stream = await openStream(gateway(), '/v1/events', headers);
    gateway().answer = emptyAnswer;
    return stream;
  }

  it('by hand ends its event streams at once, and those of no other session', async () => {
    const alice = await signIn(gateway());
    const elsewhere = await signIn(gateway(), alice.identity);
    const [first, second, other] = [await listenTo(alice), await listenTo(alice), await listenTo(elsewhere)];
    expect((await alice.send('DELETE', '/v1/sessions/current')).status).toBe(204);
    await Promise.all([first.ended, second.ended]);
    expect(other.isOver()).toBe(false);
    expect(verdict(await alice.send('GET', '/v1/events'))).toBe('401 session_revoked');
    other.leave();
  });

  it('by time ends them too', async () => {
    const alice = await signIn(gateway());
    gateway().clockOffsetMs += 10 * 60_000 - 2_000;
    const stream = await listenTo(alice);
    expect(stream.isOver()).toBe(false);
    await stream.ended;
  });

  describe('a space', () => {
    it.each(['creating', 'migrating', 'sealed', 'deleting'] as const)('that is %s is left alone', async (state) => {
      const alice = await signIn(gateway());
      await gateway().master.db.updateTable('routing').set({ state }).where('user_id', '=', alice.userId).execute();
      const before = gateway().passed.length;
      const answer = await alice.send('GET', '/v1/conversations');
      expect(verdict(answer)).toBe('503 engine_unavailable');
      expect(String(answer.body.detail ?? '').includes('sign in again')).toBe(state === 'creating');
      expect(gateway().passed).toHaveLength(before);
    });
  });

  it('health misses models only where they are wanted', async () => {
    const health = async () => (await (await fetch(`${gateway().url}/v1/health`)).json()) as object;
    expect(await health()).toMatchObject({ status: 'degraded', models: { status: 'down' } });
    gateway().models = null;
    expect(await health()).toMatchObject({ status: 'ok', models: { status: 'down', embedder: null } });
    gateway().models = { status: 'ok', embedder: 'fake-1' };
    expect(await health()).toMatchObject({ status: 'ok', models: { embedder: 'fake-1' } });
  });
});
