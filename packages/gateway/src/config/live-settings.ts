/** What the operator decides of live capture: which private hosts may be called, how much and how often. */
import { z } from 'zod';
import { whole } from './whole.ts';

export interface LiveConfig {
  /** `host:port` of upstreams that are called whatever their address is, over http too. */
  readonly allowed: readonly string[];
  /** Origins of pages that may call models from the browser, with a token. */
  readonly origins: readonly string[];
  /** Requests to models in a minute, of one person. Zero lifts the limit. */
  readonly requestsPerMinute: number;
  /** What one request may hold, MiB. */
  readonly requestMb: number;
}

const hosts = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''))
  .pipe(
    z.array(
      z
        .string()
        .regex(
          /^(\[[0-9a-f:]+\]|[\w.-]+):\d{1,5}$/i,
          'write hosts with their ports, such as 127.0.0.1:11434, ollama.lan:80',
        ),
    ),
  );

const origins = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''))
  .pipe(
    z.array(
      z.string().refine((text) => {
        const url = URL.canParse(text) ? new URL(text) : null;
        return url !== null && url.origin === text && (url.protocol === 'https:' || url.protocol === 'http:');
      }, 'write origins of pages, scheme, host and port alone, such as https://app.example, http://localhost:5173'),
    ),
  );

export const liveSettings = {
  VIVIM_UPSTREAM_PRIVATE: hosts.default([]),
  VIVIM_PROXY_ORIGINS: origins.default([]),
  VIVIM_PROXY_PER_MINUTE: whole(0, 1_000_000).default(300),
  VIVIM_PROXY_REQUEST_MB: whole(1, 64).default(32),
};

const Settings = z.object(liveSettings);

export const toLiveConfig = (set: z.output<typeof Settings>): LiveConfig => ({
  allowed: set.VIVIM_UPSTREAM_PRIVATE,
  origins: set.VIVIM_PROXY_ORIGINS,
  requestsPerMinute: set.VIVIM_PROXY_PER_MINUTE,
  requestMb: set.VIVIM_PROXY_REQUEST_MB,
});
