/** Keys, the log they follow from, what is sealed to them, and passkeys. */
import { z } from 'zod';
import { KeyInfo } from '../account.ts';
import { KeyLog, SignedEntry } from '../key-log.ts';
import { Passkey, PasskeyAnswer, PasskeyOptions, PasskeyRegistration } from '../passkeys.ts';
import { SpaceKeyWrap } from '../sealed.ts';
import { keyLogErrors, listed, manage, mine, type Route } from './route.ts';

export const keysRoutes = {
  listKeys: {
    ...mine,
    tag: 'keys',
    method: 'GET',
    path: '/v1/keys',
    summary: 'The keys of your account',
    answer: listed(KeyInfo),
  },
  getKeyLog: {
    ...mine,
    tag: 'keys',
    method: 'GET',
    path: '/v1/keys/log',
    summary: 'The signed chain behind your keys',
    answer: KeyLog,
  },
  appendKeyLog: {
    ...manage,
    tag: 'keys',
    method: 'POST',
    path: '/v1/keys/log',
    summary: 'Add or revoke keys, set the recovery, or undo what a weaker key did',
    body: z.strictObject({ entry: SignedEntry }),
    answer: KeyLog,
    errors: keyLogErrors,
  },
  listSpaceKeyWraps: {
    ...manage,
    stepUp: false,
    tag: 'keys',
    method: 'GET',
    path: '/v1/keys/wraps',
    summary: 'Your space’s key, sealed to each of your keys that can open it',
    answer: listed(SpaceKeyWrap),
  },
  passkeyRegistrationOptions: {
    ...manage,
    tag: 'passkeys',
    method: 'POST',
    path: '/v1/webauthn/register/options',
    summary: 'Ask for what makes a new passkey',
    answer: PasskeyOptions,
    errors: ['rate_limited'],
  },
  registerPasskey: {
    ...manage,
    tag: 'passkeys',
    method: 'POST',
    path: '/v1/webauthn/register/verify',
    summary: 'Add a passkey to your keys',
    body: PasskeyRegistration,
    status: 201,
    answer: Passkey,
    errors: ['challenge_unknown', 'signature_invalid', ...keyLogErrors],
  },
  passkeyStepUpOptions: {
    ...manage,
    stepUp: false,
    tag: 'passkeys',
    method: 'POST',
    path: '/v1/webauthn/stepup/options',
    summary: 'Ask for what a passkey is to sign afresh',
    answer: PasskeyOptions,
    errors: ['rate_limited'],
  },
  stepUpWithPasskey: {
    ...manage,
    stepUp: false,
    tag: 'passkeys',
    method: 'POST',
    path: '/v1/webauthn/stepup/verify',
    summary: 'A fresh signature for this session, by a passkey',
    body: PasskeyAnswer,
    status: 204,
    answer: null,
    errors: ['challenge_unknown', 'signature_invalid', 'rate_limited'],
  },
  listPasskeys: {
    ...mine,
    tag: 'passkeys',
    method: 'GET',
    path: '/v1/webauthn/credentials',
    summary: 'Your passkeys',
    answer: listed(Passkey),
  },
} as const satisfies Record<string, Route>;
