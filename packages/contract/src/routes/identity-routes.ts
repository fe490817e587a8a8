/** Coming in: health, challenges, signatures, passkeys, new tokens for old ones. */
import { Health } from '../health.ts';
import { Challenge, ChallengeRequest, RefreshRequest, SessionGrant, VerifyRequest } from '../identity.ts';
import { PasskeyAnswer, PasskeyLoginRequest, PasskeyOptions } from '../passkeys.ts';
import { didErrors, dpopErrors, gateway, proofErrors, type Route } from './route.ts';

export const identityRoutes = {
  getHealth: {
    ...gateway,
    method: 'GET',
    path: '/v1/health',
    tag: 'health',
    summary: 'Is the server well, and how strong are its walls',
    answer: Health,
  },
  createChallenge: {
    ...gateway,
    method: 'POST',
    path: '/v1/auth/challenge',
    tag: 'identity',
    summary: 'Ask for a text to sign',
    body: ChallengeRequest,
    status: 201,
    answer: Challenge,
    errors: [...didErrors, 'key_not_authorized', 'rate_limited'],
  },
  verifyChallenge: {
    ...gateway,
    method: 'POST',
    path: '/v1/auth/verify',
    tag: 'identity',
    summary: 'Hand in the signature and get a session, or a fresh signature for the session that asks',
    body: VerifyRequest,
    answer: SessionGrant,
    errors: [...proofErrors, ...dpopErrors, 'key_in_use', 'account_locked'],
  },
  refreshSession: {
    ...gateway,
    method: 'POST',
    path: '/v1/auth/refresh',
    tag: 'identity',
    summary: 'Trade a refresh token for new tokens',
    body: RefreshRequest,
    answer: SessionGrant,
    errors: ['invalid_grant', ...dpopErrors],
  },
  passkeyLoginOptions: {
    ...gateway,
    method: 'POST',
    path: '/v1/webauthn/login/options',
    tag: 'identity',
    summary: 'Ask for what a passkey is to sign',
    body: PasskeyLoginRequest,
    answer: PasskeyOptions,
    errors: ['rate_limited'],
  },
  loginWithPasskey: {
    ...gateway,
    method: 'POST',
    path: '/v1/webauthn/login/verify',
    tag: 'identity',
    summary: 'Sign in with a passkey',
    body: PasskeyAnswer,
    answer: SessionGrant,
    errors: [...proofErrors, ...dpopErrors, 'account_locked'],
  },
} as const satisfies Record<string, Route>;
