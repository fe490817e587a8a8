/** What clients read before they ask: the authorization server (RFC 8414) and each resource (RFC 9728). Says what is true of the configuration in provider.ts. */
import { grantableScopes } from '@vivim/contract/identity';
import { mcpScopes } from '@vivim/contract/mcp';
import { dpopAlgorithms } from '../auth/sessions/dpop.ts';
import { type Audience, audiences, resourceOf } from './resources.ts';

export const oauthPaths = {
  authorize: '/oauth/authorize',
  token: '/oauth/token',
  register: '/oauth/register',
  revoke: '/oauth/revoke',
  metadata: '/.well-known/oauth-authorization-server',
} as const;

/** How an application proves that it is the one that registered; `none` is all a program on somebody's machine can do. */
export const clientAuthMethods = ['none', 'client_secret_post', 'client_secret_basic'] as const;

export function serverMetadata(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}${oauthPaths.authorize}`,
    token_endpoint: `${issuer}${oauthPaths.token}`,
    registration_endpoint: `${issuer}${oauthPaths.register}`,
    revocation_endpoint: `${issuer}${oauthPaths.revoke}`,
    scopes_supported: grantableScopes,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: clientAuthMethods,
    revocation_endpoint_auth_methods_supported: clientAuthMethods,
    dpop_signing_alg_values_supported: dpopAlgorithms,
    client_id_metadata_document_supported: true,
    authorization_response_iss_parameter_supported: true,
    protected_resources: audiences.map((audience) => resourceOf(issuer, audience)),
  };
}

/** What an application has a use for there. Some ask for all that is named: the less is named, the less a person is asked for. */
const usedBy: Readonly<Record<Audience, readonly string[]>> = {
  mcp: mcpScopes,
  v1: grantableScopes,
};

export function resourceMetadata(issuer: string, audience: Audience) {
  return {
    resource: resourceOf(issuer, audience),
    resource_name: 'VIVIM',
    authorization_servers: [issuer],
    scopes_supported: usedBy[audience],
    bearer_methods_supported: ['header'],
    dpop_signing_alg_values_supported: dpopAlgorithms,
  };
}
