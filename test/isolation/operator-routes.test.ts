/**
 * The routes of operators for whoever is none: answered to the byte as by a route that does not exist, whatever is brought along. And
 * what an operator reads there names nobody but by an account's id.
 */
import { AdminUser } from '@vivim/contract/admin';
import { UserId } from '@vivim/contract/ids';
import { OperatorOverview } from '@vivim/contract/operator';
import { page } from '@vivim/contract/page';
import { operations, routes } from '@vivim/contract/routes';
import { addOperator, removeOperator } from '@vivim/gateway/master/operators';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { byBearer, byProof, type Credential, nobody } from '../api/roles/ask.ts';
import { useGateway } from '../kit/gateway.ts';
import { describeOnMaster } from '../kit/masters.ts';
import { type SignedIn, signIn } from '../kit/sign-in.ts';

const operating = operations.filter((operation) => routes[operation].operator);
const hour = 3_600_000;

describeOnMaster('the routes of operators', (kind) => {
  const gateway = useGateway(kind);
  const make = ({ userId }: SignedIn) => addOperator(gateway().master, UserId.parse(userId), new Date(gateway().now()));

  async function heard(method: string, path: string, credential: Credential) {
    const proof = credential(method, path);
    const answer = await fetch(`${gateway().url}${path}`, {
      method,
      headers: { ...proof, 'content-type': 'application/json' },
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: '{}' }),
    });
    const headers = [...answer.headers].filter(([name]) => name !== 'date').sort();
    return { status: answer.status, headers, text: await answer.text() };
  }

  afterEach(() => {
    gateway().clockOffsetMs = 0;
  });

  it.each(operating)(
    '%s: whoever is no operator is answered as where there is no route, to the byte',
    async (operation) => {
      const [alice, bob] = await Promise.all([signIn(gateway()), signIn(gateway())]);
      await make(bob);
      const path = routes[operation].path.replace('{id}', bob.userId);
      const token = await bob.send('POST', '/v1/tokens', { json: { scopes: ['account:read'], days: 1 } });
      const comers: [string, Credential][] = [
        ['a guest', nobody],
        ['somebody signed in', byProof(gateway(), alice)],
        ['a token of nobody', byBearer('vivim_pat_nothing')],
        ['a token an operator made', byBearer(String(token.body.token))],
      ];
      for (const [who, credential] of comers)
        for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])
          expect(await heard(method, path, credential), `${who}, ${method}`).toEqual(
            await heard(method, '/v1/operators-of-nothing', credential),
          );
      const leaked = `${path}?access_token=${String(token.body.token)}`;
      expect((await heard('GET', leaked, nobody)).status).toBe(404);
    },
  );

  it('an operator whose account is locked, on its way out, or no longer named is none', async () => {
    const bob = await signIn(gateway());
    await make(bob);
    const credential = byProof(gateway(), bob);
    const status = async () => (await heard('GET', '/v1/operator/overview', credential)).status;
    expect(await status()).toBe(200);
    expect((await bob.send('GET', '/v1/me')).body.operator).toBe(true);
    await bob.send('POST', '/v1/account/deletion');
    expect(await status()).toBe(404);
    await bob.send('DELETE', '/v1/account/deletion');
    expect(await status()).toBe(200);
    await removeOperator(gateway().master, UserId.parse(bob.userId));
    expect(await status()).toBe(404);
    expect((await bob.send('GET', '/v1/me')).body.operator).toBe(false);
  });

  it('wants a fresh signature, is closed after a recovery, and is not told to what an operator let in', async () => {
    const bob = await signIn(gateway());
    await make(bob);
    const { db } = gateway().master;
    await db
      .updateTable('users')
      .set({ frozen_until: new Date(gateway().now() + hour) })
      .where('user_id', '=', bob.userId)
      .execute();
    expect((await bob.send('GET', '/v1/operator/overview')).body.code).toBe('recovery_frozen');
    await db.updateTable('users').set({ frozen_until: null }).where('user_id', '=', bob.userId).execute();
    await db
      .updateTable('sessions')
      .set({ auth_time: new Date(gateway().now() - hour) })
      .where('user_id', '=', bob.userId)
      .execute();
    expect((await bob.send('GET', '/v1/operator/overview')).body.code).toBe('stepup_required');
    await db
      .updateTable('sessions')
      .set({ auth_time: new Date(gateway().now()) })
      .where('user_id', '=', bob.userId)
      .execute();
    const { body } = await bob.send('POST', '/v1/tokens', { json: { scopes: ['account:read'], days: 1 } });
    const me = await heard('GET', '/v1/me', byBearer(String(body.token)));
    expect(JSON.parse(me.text)).toMatchObject({ operator: false });
  });

  it('tells figures and ids, and no DID, key, session, space or place of anybody', async () => {
    const [alice, bob] = await Promise.all([signIn(gateway()), signIn(gateway())]);
    await make(bob);
    const overview = await heard('GET', '/v1/operator/overview', byProof(gateway(), bob));
    expect(OperatorOverview.parse(JSON.parse(overview.text)).accounts.accounts).toBeGreaterThanOrEqual(2);
    let text = overview.text;
    const ids: string[] = [];
    for (let cursor = ''; ; ) {
      const answer = await heard('GET', `/v1/operator/accounts?limit=2${cursor}`, byProof(gateway(), bob));
      const { items, nextCursor } = page(AdminUser).parse(JSON.parse(answer.text));
      text += answer.text;
      ids.push(...items.map(({ userId }) => userId));
      if (nextCursor === null) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(ids).toEqual(expect.arrayContaining([alice.userId, bob.userId]));
    expect(new Set(ids).size).toBe(ids.length);
    const { db } = gateway().master;
    const spaces = await db.selectFrom('routing').select('storage_id').execute();
    const secrets = [alice, bob].flatMap(({ identity, sessionId, token }) => [
      identity.did,
      identity.jkt,
      sessionId,
      token,
    ]);
    for (const secret of [...secrets, ...spaces.map(({ storage_id }) => storage_id), 'did:', '/tmp'])
      expect(text).not.toContain(secret);
  });

  it('stops an engine and says so to its owner; every look and act is written down, once for each signature', async () => {
    const [alice, bob] = await Promise.all([signIn(gateway()), signIn(gateway())]);
    await make(bob);
    await bob.send('GET', '/v1/operator/overview');
    await bob.send('GET', '/v1/operator/accounts');
    const before = gateway().closed.length;
    const stopped = await bob.send('POST', `/v1/operator/accounts/${alice.userId}/engine/stop`);
    expect(AdminUser.parse(stopped.body).userId).toBe(alice.userId);
    expect(gateway().closed).toHaveLength(before + 1);
    const { db } = gateway().master;
    const written = (chain: string) =>
      db.selectFrom('audit').where('chain', '=', chain).orderBy('seq').select(['event', 'actor', 'ref']).execute();
    const hers = (await written(alice.userId)).filter(({ event }) => event.startsWith('admin.'));
    expect(hers).toEqual([{ event: 'admin.evicted', actor: 'operator', ref: null }]);
    const his = (await written(bob.userId)).filter(({ event }) => event.startsWith('operator.'));
    expect(his).toEqual([{ event: 'operator.looked', actor: bob.sessionId, ref: null }]);
    const told = (await written('operator')).filter(({ actor }) => actor === bob.sessionId);
    expect(told).toEqual([
      { event: 'operator.looked', actor: bob.sessionId, ref: bob.userId },
      { event: 'admin.evicted', actor: bob.sessionId, ref: alice.userId },
    ]);
    const unknown = await bob.send('POST', '/v1/operator/accounts/01935870-0000-7000-8000-000000000000/engine/stop');
    expect(unknown.body.code).toBe('not_found');
  });

  it('shows nothing while a look cannot be written down, and writes it down at the next one', async () => {
    const bob = await signIn(gateway());
    await make(bob);
    const { db } = gateway().master;
    const written = () => db.selectFrom('audit').where('actor', '=', bob.sessionId).select('event').execute();
    const looked = async () => (await written()).filter(({ event }) => event === 'operator.looked').length;
    await sql`alter table audit rename to audit_away`.execute(db);
    const refused = await bob
      .send('GET', '/v1/operator/accounts')
      .finally(() => sql`alter table audit_away rename to audit`.execute(db));
    expect(refused.status).toBe(500);
    expect(await looked()).toBe(0);
    await Promise.all(['overview', 'accounts'].map((page) => bob.send('GET', `/v1/operator/${page}`)));
    expect(await looked()).toBe(2);
  });
});

describe('the table of routes', () => {
  it('lets no operator read, search or change anything of a space', () => {
    expect(operating).toEqual(['getOperatorOverview', 'listOperatorAccounts', 'stopEngine']);
    for (const operation of operating)
      expect(routes[operation]).toMatchObject({ owner: 'gateway', stepUp: true, freezes: true });
  });
});
