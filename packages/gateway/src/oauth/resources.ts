/**
 * The parts of this server that applications can be let in to, each under the URI a client names it by (RFC 8707). A token is
 * for one of them and opens no other.
 */
import { apiAudience } from '../auth/sessions/issue-session.ts';

export const mcpAudience = 'mcp';

const paths = { [mcpAudience]: '/mcp', [apiAudience]: '/v1' } as const;
export type Audience = keyof typeof paths;
export const audiences = Object.keys(paths) as Audience[];

/** e.g. `https://vivim.example/mcp`. @param origin the server's, as people see it */
export const resourceOf = (origin: string, audience: Audience): string => `${origin}${paths[audience]}`;

/** Null for a URI that is not one of ours, to the letter. */
export const audienceOf = (origin: string, resource: string): Audience | null =>
  audiences.find((audience) => resourceOf(origin, audience) === resource) ?? null;

/** Where a client reads what a resource wants (RFC 9728 section 3). */
export const resourceMetadataUrl = (origin: string, audience: Audience): string =>
  `${origin}/.well-known/oauth-protected-resource${paths[audience]}`;
