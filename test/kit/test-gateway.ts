/**
 * A gateway for tests, benches and soaks: real HTTP, the master it is given, a clock that can be moved, and in the place
 * of engines a fleet that only notes who came through. Knows no test runner. Whole servers with engines are in server.ts.
 */
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import type { Erasure } from '@vivim/contract/account';
import { AppError } from '@vivim/contract/errors';
import { createOperatorViews } from '@vivim/gateway/admin/operator-views';
import type { AuthDeps } from '@vivim/gateway/auth/deps';
import type { DidWebResolver } from '@vivim/gateway/auth/did/did-web';
import { createOrigins } from '@vivim/gateway/auth/origins';
import { AccountStreams } from '@vivim/gateway/auth/sessions/account-streams';
import { listenForNews } from '@vivim/gateway/auth/sessions/news-listener';
import { OpenRequests } from '@vivim/gateway/auth/sessions/open-requests';
import { backupsForOwner } from '@vivim/gateway/backup/for-owner';
import type { Backups } from '@vivim/gateway/backup/service';
import type { EngineRequest } from '@vivim/gateway/fleet/engine-request';
import type { Fleet, FleetHealth } from '@vivim/gateway/fleet/engines';
import type { FleetControl } from '@vivim/gateway/fleet/fleet-control';
import { createGatewayHttp } from '@vivim/gateway/http/gateway-http';
import { listen } from '@vivim/gateway/http/listener';
import { HandingOver } from '@vivim/gateway/http/live/handing-over';
import { createLog } from '@vivim/gateway/http/log';
import { closeSpace } from '@vivim/gateway/lifecycle/close-space';
import type { Master } from '@vivim/gateway/master/db';
import { modelGrantsOf } from '@vivim/gateway/master/model-grants';
import { createChatCalls } from '@vivim/gateway/upstreams/chat-calls';
import { createEmbeddingCalls } from '@vivim/gateway/upstreams/embedding-calls';
import { createOutgoing, cuttingOff } from '@vivim/gateway/upstreams/outgoing';
import { createUpstreams } from '@vivim/gateway/upstreams/upstreams';
import { type FakeKeys, fakeKeys } from './fake-keys.ts';

export interface Passed {
  readonly userId: string;
  readonly storageId: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface TestGateway {
  readonly url: string;
  readonly master: Master;
  /** Milliseconds added to the machine's clock. */
  clockOffsetMs: number;
  readonly now: () => number;
  /** Spaces that were made. */
  readonly spaces: string[];
  /** Spaces whose engines were stopped, in the order of it. */
  readonly closed: string[];
  /** What was erased, by receipt. */
  readonly erasures: Map<string, Erasure>;
  /** When true, making a space fails as it does without an engine. */
  engineDown: boolean;
  /** When true, nothing can be sealed. */
  sealingDown: boolean;
  /** What is sealed for whom. */
  readonly keyring: Fleet['keyring'];
  /** What an engine answers with; by default an empty object. */
  answer: (request: EngineRequest) => Response;
  /** How the models are said to be. */
  models: FleetHealth['models'];
  /** What reached an engine. */
  readonly passed: Passed[];
  /** Everything that was logged. */
  readonly log: string[];
}

export interface GatewayOptions {
  readonly challengesPerMinute?: number;
  readonly failedVerifiesPerQuarterHour?: number;
  /** By default did:web is off. */
  readonly didWeb?: DidWebResolver;
  readonly registrationsPerDay?: number;
  readonly applicationsPerHour?: number;
  /** The name people know the server by; by default where it listens. */
  readonly origin?: string;
  /** What applications say of themselves is fetched with this; by default nothing is. */
  readonly fetch?: typeof fetch;
  readonly trustedProxies?: readonly string[];
  /** Puts routes of its own beside the server's, on the same listener. */
  readonly besides?: (app: ReturnType<typeof createGatewayHttp>, fleet: Fleet) => void;
  /** How long a recovery waits; three days by default. */
  readonly recoveryDelayMs?: number;
  /** Hosts of upstreams that may be called though they are private. */
  readonly upstreamsAllowed?: readonly string[];
  /** Pages that may call models from the browser. */
  readonly proxyOrigins?: readonly string[];
  readonly proxiedPerMinute?: number;
  /** The built web files; by default there are none. */
  readonly webDir?: string;
}

export const emptyAnswer = () => new Response('{}', { headers: { 'content-type': 'application/json' } });

/** Spaces without a file: none runs, none is large, and what is erased leaves no trace. */
const nothingToControl = (gateway: () => TestGateway, { seals }: FakeKeys): FleetControl => ({
  seals,
  state: () => ({ running: false, requests: 0, pendingJobs: 0 }),
  disk: async () => 0,
  stop: async ({ storageId }) => void gateway().closed.push(storageId),
  evict: async ({ storageId }) => void gateway().closed.push(storageId),
  copyOut: async () => {
    throw new AppError('engine_unavailable');
  },
  print: async () => null,
  examine: async () => {
    throw new AppError('engine_unavailable');
  },
  replace: async () => {
    throw new AppError('engine_unavailable');
  },
  erase: async () => {},
  traces: async () => [],
  migrations: {
    status: async () => ({ target: 1, spaces: 0, current: 0, behind: 0, setAside: [], setAsideCount: 0, sweep: null }),
    run: async () => {},
    resume: async () => {},
    retry: async () => {},
  },
});

const noKek = async (): Promise<never> => {
  throw new AppError('engine_unavailable');
};

/** A server whose backups are made nowhere. */
const noBackups: Backups = {
  plan: () => ({ everyMs: null, nextAt: null, keep: { last: 7, weekly: 4 } }),
  overview: noKek,
  run: noKek,
  copies: async () => [],
  verify: noKek,
  restore: noKek,
  spaces: async () => [],
  remove: async () => {},
  begin: () => async () => {},
};

const emptyPool: FleetHealth['pool'] = {
  open: 0,
  idle: 0,
  opening: 0,
  pendingJobs: 0,
  starting: 0,
  waiting: 0,
  warmEngines: 0,
  memory: { totalBytes: 0, availableBytes: 0 },
  memoryShort: false,
};

function fakeFleet(gateway: () => TestGateway): Fleet {
  const keys = fakeKeys(() => gateway().sealingDown);
  return {
    ...nothingToControl(gateway, keys),
    moveApart: async () => {},
    async createSpace(row) {
      if (gateway().engineDown) throw new AppError('engine_unavailable');
      gateway().spaces.push(row.storageId);
    },
    async fetch(row, caller, request) {
      if (keys.isLocked(row.storageId)) throw new AppError('space_sealed');
      const chunks: Uint8Array[] = [];
      for await (const chunk of request.body ?? []) chunks.push(Buffer.from(chunk as Uint8Array));
      const { method, path, headers } = request;
      const body = Buffer.concat(chunks).toString();
      gateway().passed.push({ userId: caller.userId, storageId: row.storageId, method, path, headers, body });
      return gateway().answer(request);
    },
    kek: { status: noKek, rotate: noKek, verify: noKek },
    keyring: keys.keyring,
    health: () => ({
      mode: 'dedicated',
      jail: 'none',
      missed: [],
      running: 0,
      pool: emptyPool,
      models: gateway().models,
    }),
    takeUsage: () => [],
    close: async () => {},
  };
}

/** A gateway on a free port over `master`, which stays the caller's to close. */
export async function startTestGateway(
  master: Master,
  options: GatewayOptions = {},
): Promise<TestGateway & { close(): Promise<void> }> {
  let made: TestGateway | undefined;
  const current = () => {
    if (made === undefined) throw new Error('the gateway is not up yet');
    return made;
  };
  const log: string[] = [];
  const clock = () => Date.now() + current().clockOffsetMs;
  const fleet = fakeFleet(current);
  const limits = {
    challengesPerMinute: options.challengesPerMinute ?? 0,
    failedVerifiesPerQuarterHour: options.failedVerifiesPerQuarterHour ?? 0,
    registrationsPerDay: options.registrationsPerDay ?? 0,
  };
  const open = new OpenRequests(clock);
  const streams = new AccountStreams(master);
  const stopListening = await listenForNews(master, { open, streams });
  const listener = await listen('127.0.0.1', 0, (port) => {
    const url = `http://localhost:${port}`;
    made = {
      url,
      master,
      clockOffsetMs: 0,
      now: clock,
      spaces: [],
      closed: [],
      erasures: new Map(),
      engineDown: false,
      sealingDown: false,
      keyring: fleet.keyring,
      answer: emptyAnswer,
      models: { status: 'down', embedder: null },
      passed: [],
      log,
    };
    const auth: AuthDeps = {
      master,
      clock,
      limits,
      origins: createOrigins(options.origin ?? url, port),
      nonceKey: randomBytes(32),
      quotaBytes: 2 ** 30,
      recoveryDelayMs: options.recoveryDelayMs ?? 72 * 3_600_000,
      deletionGraceMs: 14 * 86_400_000,
      didWeb: options.didWeb ?? null,
      createSpace: (row) => fleet.createSpace(row),
      closeSpace: (storageId) => closeSpace({ master, fleet }, storageId),
      findErasure: (receipt) => current().erasures.get(receipt) ?? null,
      keyring: fleet.keyring,
      seals: fleet.seals,
      sealedIdleMinutes: 60,
    };
    const written = createLog('debug', (line) => log.push(line));
    const consents = modelGrantsOf(master);
    const upstreams = createUpstreams({ allowed: options.upstreamsAllowed ?? [] });
    const outgoing = createOutgoing({ upstreams, grants: consents });
    const app = createGatewayHttp({
      live: {
        upstreams,
        embedding: createEmbeddingCalls(outgoing),
        chat: createChatCalls(outgoing),
        grants: cuttingOff(consents, outgoing),
        origins: options.proxyOrigins ?? [],
        handingOver: new HandingOver({ fleet, log: written, clock }),
        requestsPerMinute: options.proxiedPerMinute ?? 0,
        requestBytes: 1024 ** 2,
      },
      auth,
      fleet,
      open,
      streams,
      trustedProxies: options.trustedProxies ?? [],
      oauth: {
        fetch: options.fetch ?? (() => Promise.reject(new Error('nothing is fetched'))),
        registrationsPerHour: options.applicationsPerHour ?? 0,
      },
      log: written,
      version: '0.0.0',
      operator: createOperatorViews({
        master,
        fleet,
        backups: noBackups,
        clock,
        dataDir: tmpdir(),
        version: '0.0.0',
        business() {
          const { open: spaces, idle, opening, waiting, pendingJobs, memory, memoryShort } = fleet.health().pool;
          return { open: spaces, idle, opening, waiting, pendingJobs, memory, memoryShort };
        },
      }),
      backupsOf: (storageId) => backupsForOwner(noBackups, storageId),
      webDir: options.webDir ?? '/nonexistent',
    });
    options.besides?.(app, fleet);
    return (request, env) => app.fetch(request, env);
  });
  return Object.assign(current(), {
    close: async () => {
      await listener.close();
      await stopListening();
    },
  });
}
