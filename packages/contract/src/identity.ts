/** Login: challenge, signed text, session. The text is built by the server from stored fields and never parsed. */
import { z } from 'zod';
import { UserId } from './ids.ts';

export const scopes = ['memory:read', 'memory:write', 'account:read'] as const;
export const Scope = z.enum(scopes);
export type Scope = z.infer<typeof Scope>;

export const ChallengePurpose = z.enum(['login', 'register']);
export type ChallengePurpose = z.infer<typeof ChallengePurpose>;

export const challengeLifetimeSeconds = 120;

export const ChallengeRequest = z.strictObject({
  did: z.string().min(1).max(2_048),
  /** RFC 7638 thumbprint of the key the session will be bound to: the DPoP key, or in a browser the identity's own. */
  jkt: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  purpose: ChallengePurpose,
});
export type ChallengeRequest = z.infer<typeof ChallengeRequest>;

export const Challenge = z.strictObject({ challengeId: z.uuid(), message: z.string(), expiresAt: z.string() });
export type Challenge = z.infer<typeof Challenge>;

export const VerifyRequest = z.strictObject({
  challengeId: z.uuid(),
  /** The verification method that signed: `{did}#{fragment}`. */
  kid: z.string().min(1).max(4_200),
  /** Ed25519 over the UTF-8 bytes of the message, base64url without padding. */
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});
export type VerifyRequest = z.infer<typeof VerifyRequest>;

/**
 * With a `DPoP` header on the request: a token bound to that key. Without one, from a page of this server: a
 * `__Host-sid` cookie and no token.
 */
export const SessionGrant = z.strictObject({
  sessionId: z.uuid(),
  userId: UserId,
  tokenType: z.enum(['DPoP', 'cookie']),
  accessToken: z.string().optional(),
  expiresIn: z.int(),
});
export type SessionGrant = z.infer<typeof SessionGrant>;

export const Me = z.strictObject({
  userId: UserId,
  dids: z.array(z.string()),
  createdAt: z.string(),
  session: z.strictObject({
    id: z.uuid(),
    kind: z.enum(['cookie', 'dpop']),
    scopes: z.array(Scope),
    expiresAt: z.string(),
  }),
});
export type Me = z.infer<typeof Me>;

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
