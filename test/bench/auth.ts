/**
 * What authentication costs: signing in, a request with each kind of credential beside the very same request without one, new
 * tokens for old. Signatures and proofs are made beforehand: making them is the client's work.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MasterTarget } from '@vivim/gateway/master/db';
import { startEmbedded } from '@vivim/gateway/master/embedded/server';
import { Pool } from 'undici';
import { root } from '../architecture/source-files.ts';
import { makeDatabaseOn } from '../kit/databases.ts';
import { type IdentityKey, makeProof, newIdentity, newSessionKey, type SessionKey } from '../kit/proofs.ts';
import { type Clocked, type SignedIn, signedAttempt, signIn, signInBrowser } from '../kit/sign-in.ts';
import type { Measured } from './auth-gateway.ts';
import { type Figure, ms, p50p95, percentile, time, times } from './measure.ts';

const rounds = 400;
const warmUp = 100;
const secondsOfChallenges = 3;

type Headers = Readonly<Record<string, string>>;

/** One request, answered in whole. @returns its JSON */
async function answered(pool: Pool, path: string, headers: Headers, json?: unknown): Promise<Record<string, unknown>> {
  const { statusCode, body } = await pool.request({
    method: json === undefined ? 'GET' : 'POST',
    path,
    headers: json === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await body.text();
  if (statusCode >= 300) throw new Error(`${path} answered ${statusCode} ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}

const challengeFor = ({ did }: IdentityKey, { jkt }: SessionKey) => ({ did, jkt, purpose: 'login' });
const made = <T>(make: () => T): T[] => Array.from({ length: rounds + warmUp }, make);

async function benchSignIn(gateway: Clocked, pool: Pool): Promise<Figure[]> {
  const { identity } = await signIn(gateway);
  const key = newSessionKey();
  const challenges = await time(
    rounds,
    () => answered(pool, '/v1/auth/challenge', {}, challengeFor(identity, key)),
    warmUp,
  );
  const verify = '/v1/auth/verify';
  const attempts = await Promise.all(made(() => signedAttempt(gateway, identity, 'login', key.jkt)));
  const proofs = made(() => makeProof(key, { method: 'POST', url: `${gateway.url}${verify}`, nowMs: gateway.now() }));
  const verifies = await time(
    rounds,
    () => answered(pool, verify, { dpop: proofs.pop() ?? '' }, attempts.pop()),
    warmUp,
  );
  return [
    { what: 'a challenge', value: p50p95(challenges) },
    { what: 'its signature handed in: a session with its tokens', value: p50p95(verifies) },
  ];
}

async function benchRequests(gateway: MeasuredGateway, pool: Pool): Promise<Figure[]> {
  const [es256, ed25519] = [await signIn(gateway), await signIn(gateway, undefined, { alg: 'Ed25519' })];
  const { cookie } = await signInBrowser(gateway);
  const { body } = await es256.send('POST', '/v1/tokens', { json: { scopes: ['memory:read'], days: 1 } });
  const space = '/v1/space';
  const proved = (session: SignedIn) => {
    const proofs = made(() => ({ authorization: `DPoP ${session.token}`, dpop: session.proof('GET', space) }));
    return () => answered(pool, space, proofs.pop() ?? {});
  };
  const kinds: Record<string, () => Promise<unknown>> = {
    open: () => answered(pool, gateway.openPath, {}),
    'a cookie': () => answered(pool, space, { cookie }),
    'a token for a script': () => answered(pool, space, { authorization: `Bearer ${String(body.token)}` }),
    'a proof, ES256': proved(es256),
    'a proof, Ed25519': proved(ed25519),
  };
  const taken = new Map<string, number[]>(Object.keys(kinds).map((name) => [name, []]));
  // In turn, so that whatever else the machine does falls on all of them.
  for (let round = -warmUp; round < rounds; round += 1)
    for (const [name, request] of Object.entries(kinds)) {
      const [span] = await time(1, request, 0);
      if (round >= 0 && span !== undefined) taken.get(name)?.push(span);
    }
  const open = taken.get('open') ?? [];
  return [...taken]
    .filter(([name]) => name !== 'open')
    .map(([name, spans]) => ({
      what: `a request with ${name}`,
      value: `${p50p95(spans)}; adds p50 ${ms(percentile(spans, 0.5) - percentile(open, 0.5))}, p95 ${ms(percentile(spans, 0.95) - percentile(open, 0.95))}`,
      raw: p50p95(open),
      ratio: times(percentile(spans, 0.5) / percentile(open, 0.5)),
      ...(name.startsWith('a proof') ? { goal: 'adds p50 ≤ 2 ms' } : {}),
    }));
}

async function benchRefresh(gateway: Clocked, pool: Pool): Promise<Figure[]> {
  const session = await signIn(gateway);
  const path = '/v1/auth/refresh';
  const proofs = made(() =>
    makeProof(session.key, { method: 'POST', url: `${gateway.url}${path}`, nowMs: gateway.now() }),
  );
  let token = session.refreshToken;
  const spans = await time(
    rounds,
    async () => {
      const grant = await answered(pool, path, { dpop: proofs.pop() ?? '' }, { refresh_token: token });
      token = String(grant.refresh_token);
    },
    warmUp,
  );
  return [{ what: 'new tokens for old', value: p50p95(spans) }];
}

async function challengesPerSecond(pool: Pool, side: number): Promise<Figure> {
  const json = challengeFor(newIdentity(), newSessionKey());
  let count = 0;
  const begun = performance.now();
  const lane = async () => {
    while (performance.now() - begun < secondsOfChallenges * 1_000) {
      await answered(pool, '/v1/auth/challenge', {}, json);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: side }, lane));
  const perSecond = count / ((performance.now() - begun) / 1_000);
  return { what: `challenges, ${side} at a time`, value: `${Math.round(perSecond)} a second` };
}

interface MeasuredGateway extends Clocked, Measured {
  readonly child: ChildProcess;
}

async function startGateway(target: MasterTarget): Promise<MeasuredGateway> {
  const child = fork(join(root, 'test/bench/auth-gateway.ts'));
  child.send(target);
  const [told] = (await once(child, 'message')) as [Measured];
  return { ...told, child, now: Date.now };
}

async function benchOn(name: string, server: MasterTarget): Promise<Figure[]> {
  const database = await makeDatabaseOn(server);
  const gateway = await startGateway(database.target);
  const { child } = gateway;
  const pool = new Pool(gateway.url);
  try {
    const figures = [
      ...(await benchSignIn(gateway, pool)),
      ...(await benchRequests(gateway, pool)),
      ...(await benchRefresh(gateway, pool)),
      await challengesPerSecond(pool, 1),
      await challengesPerSecond(pool, 16),
    ];
    return figures.map((figure) => ({ ...figure, what: `${figure.what} · ${name}` }));
  } finally {
    await pool.close();
    const gone = once(child, 'exit');
    child.disconnect();
    await gone;
    await database.drop();
  }
}

/** On a master that keeps what it says it keeps: no setting of these is faster than a real server's. */
export async function benchAuth(): Promise<Figure[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'vivim-bench-auth-'));
  // Under root PostgreSQL runs as another user, which has to pass through here.
  chmodSync(scratch, 0o711);
  const embedded = await startEmbedded(join(scratch, 'master'));
  try {
    const url = process.env.VIVIM_TEST_MASTER_URL ?? '';
    return [
      ...(await benchOn('embedded', embedded.target)),
      ...(url === '' ? [] : await benchOn('external', { kind: 'external', url })),
    ];
  } finally {
    await embedded.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}
