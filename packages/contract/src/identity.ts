/** Login: challenge, signed text, session. The text is built by the server from stored fields and never parsed. */
import { z } from 'zod';
import { UserId } from './ids.ts';

/**
 * What an application or a personal access token may be given. `proxy:use` asks models through this server with the upstream
 * keys of its owner; what is said is kept only where `proxy:record` is there too.
 */
export const grantableScopes = [
  'memory:read',
  'memory:write',
  'share:read',
  'share:manage',
  'account:read',
  'proxy:use',
  'proxy:record',
] as const;
/** `account:manage` is held by people themselves, signed in with a key of theirs, and by nobody they let in. */
export const scopes = [...grantableScopes, 'account:manage'] as const;
export const Scope = z.enum(scopes);
export type Scope = z.infer<typeof Scope>;
export const GrantableScope = z.enum(grantableScopes);
export type GrantableScope = z.infer<typeof GrantableScope>;

/** `cookie`: a page of this server. `dpop`: a program with a key. `oauth`: an application let in. `pat`: a script. */
export const SessionKind = z.enum(['cookie', 'dpop', 'oauth', 'pat']);
export type SessionKind = z.infer<typeof SessionKind>;

export const ChallengePurpose = z.enum(['login', 'register', 'stepup', 'device', 'recovery']);
export type ChallengePurpose = z.infer<typeof ChallengePurpose>;

export const challengeLifetimeSeconds = 120;
/** How long a fresh signature opens what needs one. */
export const stepUpSeconds = 300;

export const Did = z.string().min(1).max(2_048);
/** RFC 7638 thumbprint: SHA-256, base64url. */
export const Thumbprint = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
/** 64 bytes, base64url without padding. */
export const Signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/);

export const ChallengeRequest = z.strictObject({
  /** The DID that is to sign. */
  did: Did,
  /** RFC 7638 thumbprint of the key the session will be bound to: the DPoP key, or in a browser the identity's own. */
  jkt: Thumbprint,

  /** What the signature will be used for; good for nothing else. */
  purpose: ChallengePurpose,
  /** Verification method that is to sign, where a DID has several. */
  kid: z.string().min(1).max(4_200).optional(),
});
export type ChallengeRequest = z.infer<typeof ChallengeRequest>;

export const Challenge = z.strictObject({
  /** Send it back with the signature. */
  challengeId: z.uuid(),
  /** Sign exactly these UTF-8 bytes; nothing is to be added at the end. */
  message: z.string(),
  /** Answer before then, ISO 8601 in UTC: two minutes after it was given. */
  expiresAt: z.string(),
});
export type Challenge = z.infer<typeof Challenge>;

/** A challenge with its signature. */
export const SignedChallenge = z.strictObject({
  challengeId: z.uuid(),
  /** The verification method that signed: `{did}#{fragment}`. */
  kid: z.string().min(1).max(4_200),
  /**
   * Over the UTF-8 bytes of the message: Ed25519, or ECDSA with SHA-256 as raw r and s, s in the lower half. Other
   * lengths, such as of DER, are let in to be told that they do not fit.
   */
  signature: z.string().regex(/^[A-Za-z0-9_-]{1,256}$/),
});
export type SignedChallenge = z.infer<typeof SignedChallenge>;

export const Platform = z.enum(['web', 'cli', 'mcp', 'rest', 'other']);
export type Platform = z.infer<typeof Platform>;

export const VerifyRequest = SignedChallenge.extend({
  /** What the device calls its kind when it registers; by default `web` for pages and `rest` for programs. */
  platform: Platform.optional(),
});
export type VerifyRequest = z.infer<typeof VerifyRequest>;

/**
 * With a `DPoP` header on the request: tokens bound to that key. Without one, from a page of this server: a
 * `__Host-sid` cookie and no token. Names as OAuth writes them (RFC 6749 section 5.1).
 */
export const SessionGrant = z.strictObject({
  /** Its id among the sessions of the account. */
  session_id: z.uuid(),

  /** The account it is of. */
  user_id: UserId,

  /** `cookie`: a page got a cookie and no token. */
  token_type: z.enum(['DPoP', 'cookie']),
  /** Seconds. Of the access token, or of the cookie. */
  expires_in: z.int(),

  /** Sent as `Authorization: DPoP …`; left out for a page. */
  access_token: z.string().optional(),
  refresh_token: z.string().optional(),
});
export type SessionGrant = z.infer<typeof SessionGrant>;

export const RefreshRequest = z.strictObject({ refresh_token: z.string().max(200) });
export type RefreshRequest = z.infer<typeof RefreshRequest>;

/** The fields of the text a key signs. */
export interface ChallengeFields {
  readonly domain: string;
  readonly did: string;
  readonly origin: string;
  readonly nonce: string;
  readonly issuedAt: string;
  readonly expiresAt: string;
  readonly challengeId: string;
  readonly kid: string;
  readonly jkt: string;
  readonly purpose: ChallengePurpose;
}

export const signInStatement = 'Sign in to VIVIM. This grants no access to funds or other services.';

/** The exact text to sign (CAIP-122 in the shape of EIP-4361): LF between lines, none at the end. */
export function challengeText(fields: ChallengeFields): string {
  return [
    `${fields.domain} wants you to sign in with your DID:`,
    fields.did,
    '',
    signInStatement,
    '',
    `URI: ${fields.origin}/v1/auth/verify`,
    'Version: 1',
    'Chain ID: did',
    `Nonce: ${fields.nonce}`,
    `Issued At: ${fields.issuedAt}`,
    `Expiration Time: ${fields.expiresAt}`,
    `Request ID: ${fields.challengeId}`,
    'Resources:',
    `- urn:vivim:kid:${fields.kid}`,
    `- urn:vivim:jkt:${fields.jkt}`,
    `- urn:vivim:action:${fields.purpose}`,
  ].join('\n');
}
