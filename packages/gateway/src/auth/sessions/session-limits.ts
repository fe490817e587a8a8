/** How long sessions and tokens live, and how many there may be. */

import type { SessionKind } from '@vivim/contract/identity';
import { oauthDays } from '@vivim/contract/oauth-days';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Milliseconds. Without use a session ends after `idle`, with use after `absolute`. */
export const sessionLimits: Readonly<Record<SessionKind, { readonly idle: number; readonly absolute: number }>> = {
  cookie: { idle: 7 * day, absolute: 30 * day },
  dpop: { idle: 30 * day, absolute: 90 * day },
  oauth: { idle: oauthDays.idle * day, absolute: oauthDays.absolute * day },
  // A script may run once a quarter.
  pat: { idle: 90 * day, absolute: 90 * day },
};

export const idleMs: Readonly<Record<SessionKind, number>> = {
  cookie: sessionLimits.cookie.idle,
  dpop: sessionLimits.dpop.idle,
  oauth: sessionLimits.oauth.idle,
  pat: sessionLimits.pat.idle,
};

export const accessTokenMs = 10 * minute;
/** A refresh token that was used works for this long still, so that an answer lost on the way locks nobody out. */
export const refreshGraceMs = 30_000;
/** Tokens for scripts one person may have. */
export const tokensAtMost = 50;
