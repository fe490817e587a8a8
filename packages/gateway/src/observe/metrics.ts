/**
 * Figures for the operator, in the format of Prometheus. Made of what the log is told and of what the fleet says of itself.
 * Labels come from closed lists of our own: never a person, an id, an address or a word of anybody's.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Log } from '../http/log.ts';

/** How the server is at the moment it is asked. */
export interface Standing {
  readonly enginesRunning: number;
  readonly enginesOpening: number;
  readonly pendingJobs: number;
  readonly modelsUp: boolean | null;
  readonly masterUp: boolean;
}

export interface Metrics {
  /** The same log; what passes is counted, whatever level is written. */
  metered(log: Log): Log;
  /** From now on these are asked for at each reading. */
  observe(standing: () => Promise<Standing>): void;
  /** What Prometheus reads. */
  text(): Promise<string>;
  readonly contentType: string;
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const levels = ['debug', 'info', 'warn', 'error'] as const;
/** Seconds: from an answer out of a cache to an import's last byte. */
const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60];

type Fields = Readonly<Record<string, unknown>>;
const word = (value: unknown): string => (typeof value === 'string' ? value : 'none');

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'vivim_http_request_seconds',
    help: 'Requests by route template, method and status, from the first byte to the head of the answer.',
    labelNames: ['route', 'method', 'status'],
    buckets,
    registers,
  });
  const events = new Counter({
    name: 'vivim_events_total',
    help: 'What the log was told, by event.',
    labelNames: ['event', 'level'],
    registers,
  });
  const opened = new Histogram({
    name: 'vivim_engine_open_seconds',
    help: 'From asking for a space that was not open to its first answer.',
    buckets,
    registers,
  });
  const gone = new Counter({
    name: 'vivim_engines_gone_total',
    help: 'Engine processes that ended unasked: crashed by themselves, or killed because they did not answer.',
    labelNames: ['reason'],
    registers,
  });
  const count = (level: string, fields: Fields, event: string): void => {
    if (event === 'request') {
      const method = methods.has(word(fields.method)) ? word(fields.method) : 'other';
      requests.observe({ route: word(fields.route), method, status: Number(fields.status) }, Number(fields.ms) / 1000);
      return;
    }
    events.inc({ event, level });
    if (event === 'engine.opened') opened.observe(Number(fields.ms) / 1000);
    if (event === 'engine.gone') gone.inc({ reason: word(fields.reason) });
  };
  // Asked once for each reading, whatever the number of figures.
  let look = async (): Promise<void> => {};
  return {
    metered: (log) => {
      const entries = levels.map((level) => [
        level,
        (fields: Fields, event: string) => {
          count(level, fields, event);
          log[level](fields, event);
        },
      ]);
      return Object.fromEntries(entries) as Log;
    },
    observe(standing) {
      const shown = gauges.map(([name, help, read]) => ({ gauge: new Gauge({ name, help, registers }), read }));
      look = async () => {
        const now = await standing();
        for (const { gauge, read } of shown) gauge.set(read(now));
      };
    },
    async text() {
      await look();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

const gauges: readonly (readonly [name: string, help: string, read: (now: Standing) => number])[] = [
  ['vivim_engines_running', 'Engine processes that run.', (now) => now.enginesRunning],
  ['vivim_engines_opening', 'Spaces that are being opened.', (now) => now.enginesOpening],
  ['vivim_pending_jobs', 'Jobs the engines last said they have.', (now) => now.pendingJobs],
  ['vivim_models_up', 'Whether the models process answers; NaN where there is none.', (now) => flag(now.modelsUp)],
  ['vivim_master_up', 'Whether master answers.', (now) => flag(now.masterUp)],
];

const flag = (value: boolean | null): number => (value === null ? Number.NaN : Number(value));
