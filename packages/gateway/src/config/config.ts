/**
 * What the operator decided: flags over environment over defaults, checked once at start.
 * The only reader of `process.env` in the gateway; never holds a secret's value, only where it lies.
 */
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quotaInWords, quotaLimits } from '@vivim/contract/admin';
import { inPlainWords } from '@vivim/contract/parse';
import { z } from 'zod';
import { type BackupConfig, backupSettings, toBackupConfig } from './backup-settings.ts';
import { type KekSettings, kekConflict, kekSettings, kekShape } from './kek-settings.ts';
import { type LiveConfig, liveSettings, toLiveConfig } from './live-settings.ts';
import { whole } from './whole.ts';

/** How often a guest may knock before 429. Zero lifts a limit (bench, tests). */
export interface RateLimits {
  /** Challenges a minute for one address prefix (IPv4 /24, IPv6 /48). */
  readonly challengesPerMinute: number;
  /** Failed verifies in fifteen minutes for one DID. */
  readonly failedVerifiesPerQuarterHour: number;
  /** New accounts a day for one address prefix. */
  readonly registrationsPerDay: number;
}

export interface Config {
  /** Absolute. Everything the server keeps lies below it. */
  readonly dataDir: string;
  readonly host: string;
  /** 0 asks the system for a free one. */
  readonly port: number;
  /** The origin browsers and clients use, e.g. `https://vivim.example`. Null: `http://localhost:<port>`. */
  readonly origin: string | null;
  /** An external PostgreSQL. Null: the embedded one under the data directory. */
  readonly masterUrl: string | null;
  readonly engineMode: 'dedicated' | 'pooled';
  /** The least wall engines are started behind. `require` alone means bubblewrap. */
  readonly jail: 'auto' | 'require' | 'require:landlock' | 'require:node-permission' | 'off';
  /** The models process with the built-in embedder, or none: words alone find things then. */
  readonly models: 'builtin' | 'off';
  readonly kek: KekSettings;
  /** `PATH` and `HOME`, for programs the operator named. */
  readonly programEnvironment: Readonly<Record<string, string>>;
  /** An engine without a request for this long is stopped. */
  readonly idleSeconds: number;
  /** What one engine process may hold, MiB. Null: what suits the mode. */
  readonly engineMemoryMb: number | null;
  /** Engines that may stay open while nobody uses them. Null: as many as the memory bears. */
  readonly warmEngines: number | null;
  /** Whether spaces that are behind are brought to a newer schema in the background, or when they are next opened. */
  readonly migrate: 'auto' | 'lazy';
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  readonly rateLimits: RateLimits;
  readonly live: LiveConfig;
  /** Whether DIDs of the method web sign in. The server then fetches their documents from hosts that guests name. */
  readonly didWeb: boolean;
  /** Address prefixes of proxies in front, whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  /** After so many minutes without a request the key of an unlocked sealed space is forgotten. */
  readonly sealedIdleMinutes: number;
  /** How long getting back in without a device takes. */
  readonly recoveryDelayHours: number;
  /** How long an account that is to be erased can still be kept. */
  readonly deletionGraceDays: number;
  /** Size a new space may grow to. */
  readonly quotaBytes: number;
  readonly backup: BackupConfig;
  /** Where Prometheus may read figures. Null: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
  /** Where spans go, by OTLP over HTTP. Null: nowhere, and none are made. */
  readonly tracesUrl: string | null;
  /** The built web files. */
  readonly webDir: string;
}

/** What `vivim serve` passes on; each beats its environment variable. */
export interface ConfigFlags {
  readonly port?: string | number;
  readonly host?: string;
  readonly dataDir?: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The configuration cannot be used. The message says which setting, what is wrong and what to write instead. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const origin = z.string().refine((text) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.origin === text;
}, 'write scheme, host and port alone, such as https://vivim.example');

const masterUrl = z
  .string()
  .refine(
    (text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text),
    'write postgres://user:password@host:5432/database',
  );

/** `host:port`, IPv6 in brackets. */
const address = z.string().transform((text, context) => {
  const found = /^(?:\[([0-9a-f:]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(text);
  const port = Number(found?.[3]);
  if (found === null || port > 65_535) {
    context.addIssue('write an address and a port, such as 127.0.0.1:9717');
    return z.NEVER;
  }
  return { host: found[1] ?? found[2] ?? '', port };
});

const collector = z.url({
  protocol: /^https?$/,
  error: 'write the address spans are sent to, such as http://127.0.0.1:4318/v1/traces',
});

const networks = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''))
  .pipe(
    z.array(z.union([z.cidrv4(), z.cidrv6()], { error: 'write address prefixes such as 127.0.0.1/32, 10.0.0.0/8' })),
  );

const Settings = z.object({
  VIVIM_DATA_DIR: z.string().optional(),
  VIVIM_HOST: z.string().default('127.0.0.1'),
  VIVIM_PORT: whole(0, 65_535).default(7717),
  VIVIM_ORIGIN: origin.optional(),
  VIVIM_MASTER_URL: masterUrl.optional(),
  VIVIM_ENGINE: z.enum(['dedicated', 'pooled']).default('dedicated'),
  VIVIM_JAIL: z.enum(['auto', 'require', 'require:landlock', 'require:node-permission', 'off']).default('auto'),
  VIVIM_MODELS: z.enum(['builtin', 'off']).default('builtin'),
  ...kekShape,
  VIVIM_IDLE_SECONDS: whole(1, 7 * 86_400).default(120),
  VIVIM_ENGINE_MEMORY_MB: whole(384, 1_048_576).optional(),
  VIVIM_WARM_ENGINES: whole(0, 1_000_000).optional(),
  VIVIM_MIGRATE: z.enum(['auto', 'lazy']).default('auto'),
  VIVIM_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
  VIVIM_CHALLENGES_PER_MINUTE: whole(0, 1_000_000).default(10),
  VIVIM_FAILED_VERIFIES: whole(0, 1_000_000).default(5),
  VIVIM_DID_WEB: z.enum(['on', 'off']).default('off'),
  VIVIM_REGISTRATIONS_PER_DAY: whole(0, 1_000_000).default(20),
  VIVIM_TRUSTED_PROXIES: networks.default([]),
  VIVIM_SEALED_IDLE_MINUTES: whole(1, 7 * 1_440).default(60),
  VIVIM_RECOVERY_DELAY_HOURS: whole(0, 720).default(72),
  VIVIM_DELETION_GRACE_DAYS: whole(0, 90).default(14),
  VIVIM_QUOTA_BYTES: whole(
    quotaLimits.min,
    quotaLimits.max,
    `write a whole number of bytes, such as 34359738368 for 32 GiB; ${quotaInWords}`,
  ).default(32 * 1024 ** 3),
  ...backupSettings,
  ...liveSettings,
  VIVIM_METRICS: address.optional(),
  VIVIM_TRACES_URL: collector.optional(),
  VIVIM_WEB_DIR: z.string().optional(),
});

/** `XDG_DATA_HOME/vivim`, else `~/.local/share/vivim`; root without XDG_DATA_HOME gets a place PostgreSQL's user can reach. */
function defaultDataDir(env: Environment): string {
  if (env.XDG_DATA_HOME !== undefined && isAbsolute(env.XDG_DATA_HOME)) return join(env.XDG_DATA_HOME, 'vivim');
  if (process.getuid?.() === 0) return '/var/lib/vivim';
  const home = homedir();
  return home === '' ? join(tmpdir(), 'vivim') : join(home, '.local', 'share', 'vivim');
}

/** Where a server keeps everything, by flag, environment or default. Looks at no other setting. */
export function dataDirOf(flag: string | undefined, env: Environment = process.env): string {
  const set = env.VIVIM_DATA_DIR === '' ? undefined : env.VIVIM_DATA_DIR;
  return resolve(flag ?? set ?? defaultDataDir(env));
}

/**
 * @param env defaults to the environment of this process; an empty value counts as not set
 * @throws ConfigError naming every setting that is wrong
 */
export function loadConfig(flags: ConfigFlags = {}, env: Environment = process.env): Config {
  const given = Object.fromEntries(
    Object.entries({
      ...env,
      ...(flags.port === undefined ? {} : { VIVIM_PORT: String(flags.port) }),
      ...(flags.host === undefined ? {} : { VIVIM_HOST: flags.host }),
      ...(flags.dataDir === undefined ? {} : { VIVIM_DATA_DIR: flags.dataDir }),
    }).filter(([name, value]) => name.startsWith('VIVIM_') && value !== undefined && value !== ''),
  );
  const parsed = Settings.safeParse(given, { error: inPlainWords });
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`The configuration cannot be used:\n${lines.join('\n')}`);
  }
  const set = parsed.data;
  const conflict = kekConflict(set);
  if (conflict !== null) throw new ConfigError(`The configuration cannot be used:\n  ${conflict}`);
  return {
    dataDir: dataDirOf(set.VIVIM_DATA_DIR, env),
    host: set.VIVIM_HOST,
    port: set.VIVIM_PORT,
    origin: set.VIVIM_ORIGIN ?? null,
    masterUrl: set.VIVIM_MASTER_URL ?? null,
    engineMode: set.VIVIM_ENGINE,
    jail: set.VIVIM_JAIL,
    models: set.VIVIM_MODELS,
    kek: kekSettings(set),
    programEnvironment: { PATH: env.PATH ?? '/usr/bin:/bin', HOME: env.HOME ?? '/' },
    idleSeconds: set.VIVIM_IDLE_SECONDS,
    engineMemoryMb: set.VIVIM_ENGINE_MEMORY_MB ?? null,
    warmEngines: set.VIVIM_WARM_ENGINES ?? null,
    migrate: set.VIVIM_MIGRATE,
    logLevel: set.VIVIM_LOG,
    rateLimits: {
      challengesPerMinute: set.VIVIM_CHALLENGES_PER_MINUTE,
      failedVerifiesPerQuarterHour: set.VIVIM_FAILED_VERIFIES,
      registrationsPerDay: set.VIVIM_REGISTRATIONS_PER_DAY,
    },
    live: toLiveConfig(set),
    didWeb: set.VIVIM_DID_WEB === 'on',
    trustedProxies: set.VIVIM_TRUSTED_PROXIES,
    sealedIdleMinutes: set.VIVIM_SEALED_IDLE_MINUTES,
    recoveryDelayHours: set.VIVIM_RECOVERY_DELAY_HOURS,
    deletionGraceDays: set.VIVIM_DELETION_GRACE_DAYS,
    quotaBytes: set.VIVIM_QUOTA_BYTES,
    backup: toBackupConfig(set),
    metrics: set.VIVIM_METRICS ?? null,
    tracesUrl: set.VIVIM_TRACES_URL ?? null,
    webDir: resolve(set.VIVIM_WEB_DIR ?? fileURLToPath(new URL('../../../web/dist', import.meta.url))),
  };
}
