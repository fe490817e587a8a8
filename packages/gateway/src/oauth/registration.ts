/**
 * Applications that introduce themselves (RFC 7591). Registering gives a name to ask under and nothing else: no trust, no
 * scope, no word that anybody checked. One that is never let in is forgotten after a day.
 */
import { randomBytes } from '@vivim/contract/random';
import { z } from 'zod';
import { networkOf } from '../auth/addresses.ts';
import { encodeBase64url } from '../auth/base64url.ts';
import { sha256 } from '../auth/digest.ts';
import { countKnock } from '../auth/knocks.ts';
import { makeToken } from '../auth/sessions/secrets.ts';
import { putPayload } from '../master/oauth-payloads.ts';
import { shownName } from './client-name.ts';
import type { OAuthDeps } from './deps.ts';
import { clientAuthMethods } from './metadata.ts';
import { isAllowedRedirect } from './redirect-uris.ts';

/** Loose: clients send along much that other servers want. */
const ClientMetadata = z.looseObject({
  redirect_uris: z
    .array(z.string().min(1).max(2_000))
    .min(1)
    .max(10)
    .refine((uris) => uris.every(isAllowedRedirect)),
  client_name: z.string().max(1_000).optional(),
  client_uri: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional()
    .catch(undefined),
  token_endpoint_auth_method: z.enum(clientAuthMethods).default('none'),
  grant_types: z
    .array(z.string())
    .refine((types) => types.includes('authorization_code'))
    .optional(),
  response_types: z
    .array(z.string())
    .refine((types) => types.includes('code'))
    .optional(),
});

const unusedClientMs = 86_400_000;

export type Registration =
  | { readonly outcome: 'registered'; readonly client: Readonly<Record<string, unknown>> }
  | { readonly outcome: 'refused'; readonly error: string; readonly description: string };

const refusals: Readonly<Record<string, readonly [string, string]>> = {
  redirect_uris: [
    'invalid_redirect_uri',
    'Name one to ten redirect_uris: https, http on 127.0.0.1, [::1] or localhost, or a scheme of the program’s own; no fragment.',
  ],
  token_endpoint_auth_method: [
    'invalid_client_metadata',
    `token_endpoint_auth_method must be one of ${clientAuthMethods.join(', ')}.`,
  ],
  grant_types: ['invalid_client_metadata', 'grant_types must hold authorization_code.'],
  response_types: ['invalid_client_metadata', 'response_types must hold code.'],
};

function refused(error: z.ZodError): Registration {
  const member = String(error.issues[0]?.path[0] ?? '');
  const [code, description] = refusals[member] ?? ['invalid_client_metadata', 'The body does not describe a client.'];
  return { outcome: 'refused', error: code, description };
}

/**
 * @param address of who asks
 * @throws AppError `rate_limited`
 */
export async function registerClient(deps: OAuthDeps, metadata: unknown, address: string): Promise<Registration> {
  const rule = { scope: 'oauth-register', points: deps.registrationsPerHour, seconds: 3_600 };
  await countKnock(deps.master, rule, networkOf(address), 'Too many applications registered from your network.');
  const parsed = ClientMetadata.safeParse(metadata);
  if (!parsed.success) return refused(parsed.error);
  const { redirect_uris, client_name, client_uri, token_endpoint_auth_method } = parsed.data;
  const now = deps.clock();
  const clientId = encodeBase64url(randomBytes(16));
  const secret = token_endpoint_auth_method === 'none' ? null : makeToken();
  const described = {
    client_id: clientId,
    client_id_issued_at: Math.floor(now / 1_000),
    client_name: shownName(client_name, 'An application'),
    ...(client_uri === undefined ? {} : { client_uri }),
    redirect_uris,
    token_endpoint_auth_method,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    // The one whose redirects may differ in the port of a loopback address; see RFC 8252 section 7.3.
    application_type: 'native',
  };
  // Of a secret the hash alone is kept; provider.ts compares with it.
  const kept = secret === null ? {} : { client_secret: encodeBase64url(secret.hash), client_secret_expires_at: 0 };
  await putPayload(deps.master, {
    model: 'Client',
    idHash: sha256(clientId),
    payload: { ...described, ...kept },
    sessionId: null,
    expiresAt: new Date(now + unusedClientMs),
  });
  const told = secret === null ? {} : { client_secret: secret.token, client_secret_expires_at: 0 };
  return { outcome: 'registered', client: { ...described, ...told } };
}
