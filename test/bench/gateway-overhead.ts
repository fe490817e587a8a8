/**
 * What passing through the gateway costs: the same request to the same engine, once straight down its socket with a ticket
 * of our own, once through the gateway with a session, a DPoP proof, the routing row and a ticket of its making.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { StorageId, UserId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { type OpenCommand, type TicketPayload, ticketHeader, ticketSigningInput } from '@vivim/contract/ticket';
import { Pool } from 'undici';
import { root } from '../architecture/source-files.ts';
import { signUp } from '../kit/people.ts';
import { startTestServer } from '../kit/server.ts';
import { type Figure, ms, p50p95, percentile, time } from './measure.ts';

const rounds = 500;
const warmUp = 100;

export async function benchGateway(): Promise<Figure[]> {
  const server = await startTestServer({ env: { VIVIM_LOG: 'warn' } });
  const engine = await directEngine();
  try {
    const person = await signUp(server.url);
    const through = new Pool(server.url);
    const url = `${server.url}/v1/space`;
    // The proofs are made before: signing them is the client's work.
    const proofs = await Promise.all(Array.from({ length: rounds + warmUp }, () => person.authorize('GET', url)));
    const direct: number[] = [];
    const passed: number[] = [];
    // In turn, so that whatever else the machine does falls on both.
    for (let round = -warmUp; round < rounds; round += 1) {
      const [straight] = await time(1, () => answered(engine.pool, engine.ticket()), 0);
      const [passing] = await time(1, () => answered(through, proofs.pop() ?? {}), 0);
      if (round < 0 || straight === undefined || passing === undefined) continue;
      direct.push(straight);
      passed.push(passing);
    }
    await through.close();
    const added = percentile(passed, 0.5) - percentile(direct, 0.5);
    return [
      { what: 'straight to the engine', value: p50p95(direct) },
      { what: 'through the gateway', value: p50p95(passed) },
      { what: 'added by the gateway, p50', value: ms(added), goal: '≤ 2 ms' },
    ];
  } finally {
    await engine.stop();
    await server.stop();
  }
}

async function answered(pool: Pool, headers: Record<string, string>): Promise<void> {
  const { statusCode, body } = await pool.request({ method: 'GET', path: '/v1/space', headers });
  await body.dump();
  if (statusCode !== 200) throw new Error(`The answer was ${statusCode}.`);
}

/** An engine of our own, without a gateway before it. */
async function directEngine() {
  const directory = mkdtempSync(join(tmpdir(), 'vivim-direct-'));
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const command: OpenCommand = {
    type: 'open',
    storageId: uuidv7() as StorageId,
    userId: uuidv7() as UserId,
    directory: join(directory, 'space'),
    socketPath: join(directory, 's'),
    key: randomBytes(32).toString('hex'),
    fence: 0,
    ticketKey: (publicKey.export({ format: 'jwk' }) as { x: string }).x,
    modelsSocketPath: null,
    quotaBytes: 1024 ** 3,
    create: true,
    erased: [],
  };
  const engine = spawn(process.execPath, [join(root, 'packages/engine/dist/engine.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await opened(engine, command);
  const pool = new Pool('http://engine', { socketPath: command.socketPath });
  return {
    pool,
    ticket: () => ({ [ticketHeader]: ticketFor(command, privateKey) }),
    async stop() {
      await pool.close();
      engine.stdin.end();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function opened(engine: ChildProcess, command: OpenCommand): Promise<void> {
  if (engine.stdout === null) throw new Error('The engine has no standard output.');
  const lines = createInterface({ input: engine.stdout });
  engine.stdin?.write(`${JSON.stringify(command)}\n`);
  for await (const line of lines) {
    const report = JSON.parse(line) as { type: string };
    if (report.type === 'opened') return;
    if (report.type === 'refused') throw new Error(`The engine refused: ${line}`);
  }
}

function ticketFor(command: OpenCommand, key: KeyObject): string {
  const payload: TicketPayload = {
    aud: command.storageId,
    sub: command.userId,
    sid: uuidv7(),
    scopes: ['memory:read'],
    fence: 0,
    jti: randomBytes(16).toString('base64url'),
    exp: Math.floor(Date.now() / 1000) + 20,
  };
  const encoded = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `${encoded}.${sign(null, Buffer.from(ticketSigningInput(encoded)), key).toString('base64url')}`;
}
