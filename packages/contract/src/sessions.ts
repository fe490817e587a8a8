/** Sessions as their owner sees them, and the tokens they make for scripts. */
import { z } from 'zod';
import { GrantableScope, Platform, Scope, SessionKind } from './identity.ts';
import { NameCiphertext } from './sealed.ts';

export const SessionInfo = z.strictObject({
  id: z.uuid(),

  /** `cookie`: a page of this server. `dpop`: a program with a key. `oauth`: an application let in. `pat`: a script. */
  kind: SessionKind,
  scopes: z.array(Scope),
  deviceId: z.uuid().nullable(),
  platform: Platform.nullable(),
  /** Of an application: its id, a URL or a random name. */
  clientId: z.string().nullable(),

  /** What the application calls itself; nobody has checked it. Null for what is none. */
  clientName: z.string().nullable(),
  nameCt: NameCiphertext.nullable(),
  createdAt: z.string(),

  /** When it last asked for something, ISO 8601 in UTC. */
  lastSeenAt: z.string(),
  expiresAt: z.string(),
  /** The session that asks. */
  current: z.boolean(),
});
export type SessionInfo = z.infer<typeof SessionInfo>;

export const maxTokenDays = 90;

export const TokenRequest = z.strictObject({
  /** What it may do: no more than the session that makes it. */
  scopes: z.array(GrantableScope).min(1),

  /** After so many it no longer works. */
  days: z.int().min(1).max(maxTokenDays),
  /** Id the name is sealed under; the session gets it. */
  id: z.uuid().optional(),
  nameCt: NameCiphertext.optional(),
  /** Works only from here: an address prefix such as `192.0.2.0/24`. */
  network: z.union([z.cidrv4(), z.cidrv6()]).optional(),
});
export type TokenRequest = z.infer<typeof TokenRequest>;

/** The one time the token is shown. */
export const NewToken = z.strictObject({
  /** Keep it: it is never shown again. */
  token: z.string(),
  sessionId: z.uuid(),
  expiresAt: z.string(),
});
export type NewToken = z.infer<typeof NewToken>;
