/**
 * Composition root of the server: puts master, fleet and HTTP together, and takes them apart in reverse. The one place
 * that knows all rooms; holds no logic of its own.
 */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { HttpBindings } from '@hono/node-server';
import { type Clock, systemClock } from '@vivim/contract/clock';
import manifest from '../package.json' with { type: 'json' };
import { createAdminHttp } from './admin/admin-http.ts';
import { listenForOperator } from './admin/admin-socket.ts';
import { createOperatorViews } from './admin/operator-views.ts';
import type { AuthDeps } from './auth/deps.ts';
import { createDidWebResolver } from './auth/did/did-web.ts';
import { createGuardedFetch, type GuardedFetch } from './auth/did/guarded-fetch.ts';
import { createOrigins } from './auth/origins.ts';
import { AccountStreams } from './auth/sessions/account-streams.ts';
import { listenForNews } from './auth/sessions/news-listener.ts';
import { OpenRequests } from './auth/sessions/open-requests.ts';
import { backupsForOwner } from './backup/for-owner.ts';
import { keepBook } from './backup/kept-books.ts';
import { openStore } from './backup/open-store.ts';
import { outlookOf } from './backup/outlook.ts';
import { createBackups } from './backup/service.ts';
import type { Config } from './config/config.ts';
import { prepareDataDir } from './data-dir.ts';
import { type Fleet, type FleetHealth, startFleet } from './fleet/engines.ts';
import type { Used } from './fleet/usage.ts';
import { createGatewayHttp } from './http/gateway-http.ts';
import { listen } from './http/listener.ts';
import { HandingOver } from './http/live/handing-over.ts';
import { createLog, type Log } from './http/log.ts';
import { type AuditHeads, openAuditHeads } from './keys/audit-heads.ts';
import { type ErasureLedger, openErasureLedger } from './keys/erasure-ledger.ts';
import type { KekEvent } from './keys/kek-control.ts';
import type { AskSecret } from './keys/kek-passphrase.ts';
import { openKeks } from './keys/keks.ts';
import { loadNonceKey } from './keys/nonce-key.ts';
import { closeSpace } from './lifecycle/close-space.ts';
import { createEraser } from './lifecycle/eraser.ts';
import { watchSeals } from './lifecycle/seal-watch.ts';
import { toErasure } from './lifecycle/to-erasure.ts';
import { findActiveRouting } from './master/accounts.ts';
import { appendAudit } from './master/audit.ts';
import type { AuditWitness } from './master/audit-witness.ts';
import { type Master, type MasterTarget, openMaster } from './master/db.ts';
import { startEmbedded } from './master/embedded/server.ts';
import { lockDataDir } from './master/lock.ts';
import { modelGrantsOf } from './master/model-grants.ts';
import { listReadyRouting, localShard } from './master/routing.ts';
import { sweepRegularly } from './master/sweep.ts';
import { noteUsageRegularly } from './master/usage.ts';
import { createMetrics } from './observe/metrics.ts';
import { openMetricsPort } from './observe/metrics-port.ts';
import { startTracing } from './observe/tracing.ts';
import { createChatCalls } from './upstreams/chat-calls.ts';
import { createEmbeddingCalls } from './upstreams/embedding-calls.ts';
import { createOutgoing, cuttingOff } from './upstreams/outgoing.ts';
import { createUpstreams } from './upstreams/upstreams.ts';

export interface RunningGateway {
  /** Where people reach it, e.g. `http://localhost:7717`. */
  readonly url: string;
  readonly master: Master['kind'];
  /** Where Prometheus reads; null where nobody asked for it. */
  readonly metricsUrl: string | null;
  health(): FleetHealth;
  /** Ends everything that was started, last first; no process is left. Doing it again is harmless. */
  close(): Promise<void>;
}

/** What the start brings along, and what a test puts in the place of the real thing. */
export interface GatewayParts {
  readonly clock?: Clock;
  /** Asks whoever sits at the terminal. Without it nobody does. */
  readonly askSecret?: AskSecret;
  /** Fetches documents whose address somebody else chose. */
  readonly fetch?: GuardedFetch;
}

/** Applications that may register from one network in an hour. */
const registrationsPerHour = 20;

/** What lies beside the keys and in no backup of master: who was erased, and where the audit chains ended. */
async function openBooks(dataDir: string): Promise<{ ledger: ErasureLedger; heads: AuditHeads }> {
  const directory = join(dataDir, 'keys');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const ledger = await openErasureLedger(join(directory, 'erased.jsonl'));
  const erased = new Set<string>(ledger.lines().map(({ userId }) => userId));
  return { ledger, heads: await openAuditHeads(join(directory, 'audit-heads.jsonl'), (chain) => erased.has(chain)) };
}

/** A witness that cannot write is the operator's matter and keeps nobody from signing in. */
const witnessOf = (heads: AuditHeads, log: Log): AuditWitness => ({
  note: ({ chain, seq, hash }) =>
    heads
      .note({ chain, seq, hash: Buffer.from(hash).toString('base64url') })
      .catch(() => log.error({}, 'audit.witness_failed')),
});

/** Told at least once: a server that is killed right after it tells again. */
async function noteKek(master: Master, { event, id, source, moved }: KekEvent, clock: Clock): Promise<void> {
  const meta = { kind: source, ...(moved === null ? {} : { seq: moved }) };
  await appendAudit(master, { chain: 'operator', event, actor: 'operator', ref: id, meta }, new Date(clock()));
}

/** This server, by the same name after every start. */
const nodeName = (dataDir: string): string =>
  createHash('sha256').update(`${hostname()}\n${dataDir}`).digest('base64url').slice(0, 22);

/**
 * @throws Error in words for the operator; whatever had been started is ended again
 */
export async function startGateway(config: Config, parts: GatewayParts = {}): Promise<RunningGateway> {
  const clock = parts.clock ?? systemClock;
  await using building = new AsyncDisposableStack();
  await prepareDataDir(config.dataDir);
  building.defer(await lockDataDir(config.dataDir));
  const metrics = createMetrics();
  const log = metrics.metered(createLog(config.logLevel));
  if (config.tracesUrl !== null)
    building.defer(await startTracing({ url: config.tracesUrl, version: manifest.version }));
  // Before anything is started: what is wrong with it is told at once.
  const keks = await openKeks({
    directory: join(config.dataDir, 'keys'),
    source: config.kek.source,
    passphrase: { file: config.kek.passphraseFile, ask: parts.askSecret ?? null },
    environment: config.programEnvironment,
    clock,
  });

  let target: MasterTarget;
  if (config.masterUrl === null) {
    const server = await startEmbedded(join(config.dataDir, 'master'));
    building.defer(server.stop);
    target = server.target;
  } else target = { kind: 'external', url: config.masterUrl };
  const { ledger, heads } = await openBooks(config.dataDir);
  const master = await openMaster(target, witnessOf(heads, log));
  building.defer(master.close);
  building.defer(sweepRegularly(master, clock));

  const { backup } = config;
  const store = await openStore(backup.to ?? join(config.dataDir, 'backups'), backup.s3);
  if (backup.to !== null) await store.prepare();
  const usage: { take: () => readonly Used[] } = { take: () => [] };
  building.defer(noteUsageRegularly(master, () => usage.take(), clock));
  const upstreams = createUpstreams({ allowed: config.live.allowed });
  const consents = modelGrantsOf(master);
  const outgoing = createOutgoing({ upstreams, grants: consents });
  const embedding = createEmbeddingCalls(outgoing);
  const chat = createChatCalls(outgoing);
  const fleet: Fleet = await startFleet({
    config,
    clock,
    log,
    keks,
    tellOfKek: (event) => noteKek(master, event, clock),
    locate: (userId) => findActiveRouting(master, userId),
    async onErasing(storageId, book) {
      // A place that is away is made up for by the next erasure; the archive of the keys has the whole book too.
      await keepBook(store, storageId, book).catch(() => log.error({}, 'backup.book_not_kept'));
      return outlookOf(store, storageId, backup, clock());
    },
    spaces: () => listReadyRouting(master),
    embed: (userId, ask) => embedding.forEngine(userId, ask),
    chat: (userId, ask) => chat.forEngine(userId, ask),
    sendsAway: consents.hasAny,
    ...(config.models === 'off' ? { models: null } : {}),
  });
  building.defer(() => fleet.close());
  usage.take = fleet.takeUsage;
  metrics.observe(async () => {
    const { running, models, pool } = fleet.health();
    return {
      enginesRunning: running,
      modelsUp: config.models === 'off' ? null : models?.status === 'ok',
      masterUp: await master.ping(),
      enginesOpening: pool.opening,
      pendingJobs: pool.pendingJobs,
    };
  });
  const metricsPort = config.metrics === null ? null : await openMetricsPort(config.metrics, metrics);
  if (metricsPort !== null) building.defer(metricsPort.close);

  const scratch = join(config.dataDir, 'scratch');
  const backups = await createBackups(
    { master, fleet, ledger, clock, log, store, keep: backup.keep, scratch },
    backup,
    join(config.dataDir, 'backup-state.json'),
  );
  const eraser = createEraser({
    master,
    fleet,
    backups,
    ledger,
    heads,
    clock,
    log,
    node: nodeName(config.dataDir),
    shard: localShard,
  });
  await eraser.recover();
  building.defer(eraser.passRegularly());
  building.defer(backups.begin());
  const watch = await watchSeals({ master, fleet, clock, log, idleMs: config.sealedIdleMinutes * 60_000 });
  building.defer(() => watch.stop());
  const admin = createAdminHttp({ master, fleet, kek: fleet.kek, eraser, backups, ledger, heads, clock }, log);
  building.defer(await listenForOperator(config.dataDir, (request) => admin.fetch(request)));

  const operator = createOperatorViews({
    master,
    fleet,
    backups,
    clock,
    dataDir: config.dataDir,
    version: manifest.version,
    business() {
      const { open, idle, opening, waiting, pendingJobs, memory, memoryShort } = fleet.health().pool;
      return { open, idle, opening, waiting, pendingJobs, memory, memoryShort };
    },
  });

  const open = new OpenRequests(clock);
  const streams = new AccountStreams(master);
  building.defer(await listenForNews(master, { open, streams }));

  const handingOver = new HandingOver({ fleet, log, clock });
  building.defer(() => handingOver.settled());
  const live = {
    upstreams,
    embedding,
    chat,
    grants: cuttingOff(consents, outgoing),
    origins: config.live.origins,
    handingOver,
    requestsPerMinute: config.live.requestsPerMinute,
    requestBytes: config.live.requestMb * 1024 ** 2,
  };
  const guardedFetch = parts.fetch ?? createGuardedFetch();
  let url = '';
  const nonceKey = await loadNonceKey(join(config.dataDir, 'keys', 'nonce-key'));
  const secure = config.origin?.startsWith('https:') === true;
  const serve = (port: number) => {
    url = config.origin ?? `http://localhost:${port}`;
    const auth: AuthDeps = {
      master,
      clock,
      limits: config.rateLimits,
      origins: createOrigins(url, port),
      nonceKey,
      quotaBytes: config.quotaBytes,
      recoveryDelayMs: config.recoveryDelayHours * 3_600_000,
      deletionGraceMs: config.deletionGraceDays * 86_400_000,
      didWeb: config.didWeb ? createDidWebResolver(guardedFetch) : null,
      createSpace: (row) => fleet.createSpace(row),
      closeSpace: (storageId) => closeSpace({ master, fleet }, storageId),
      findErasure: (receipt) => {
        const line = ledger.find(receipt);
        return line === null ? null : toErasure(line);
      },
      keyring: fleet.keyring,
      seals: fleet.seals,
      sealedIdleMinutes: config.sealedIdleMinutes,
    };
    const { webDir, trustedProxies } = config;
    const app = createGatewayHttp({
      auth,
      fleet,
      open,
      streams,
      live,
      log,
      version: manifest.version,
      operator,
      backupsOf: (storageId) => backupsForOwner(backups, storageId),
      webDir,
      trustedProxies,
      oauth: { fetch: guardedFetch, registrationsPerHour },
    });
    return (request: Request, env: Partial<HttpBindings>) => app.fetch(request, env);
  };
  const listener = await listen(config.host, config.port, serve, secure);
  building.defer(listener.close);

  const running = building.move();
  return {
    url,
    master: master.kind,
    metricsUrl: metricsPort?.url ?? null,
    health: () => fleet.health(),
    close: () => running.disposeAsync(),
  };
}
