/**
 * The tools of the Model Context Protocol, by name: what each must be allowed, and whether it changes anything. The engine answers
 * them, `vivim mcp` lets a part of them pass, a page tells a person of them. Never what they do.
 */
import { type GrantableScope, grantableScopes } from './identity.ts';

export const mcpTools = {
  get_context: { scope: 'memory:read', changes: false },
  search: { scope: 'memory:read', changes: false },
  read_conversation: { scope: 'memory:read', changes: false },
  list_topics: { scope: 'memory:read', changes: false },
  get_profile: { scope: 'memory:read', changes: false },
  remember: { scope: 'memory:write', changes: true },
  forget: { scope: 'memory:write', changes: true },
  save_conversation: { scope: 'memory:write', changes: true },
} as const satisfies Record<string, { readonly scope: GrantableScope; readonly changes: boolean }>;

/** All that any of them needs. */
export const mcpScopes: readonly GrantableScope[] = grantableScopes.filter((scope) =>
  Object.values(mcpTools).some((tool) => tool.scope === scope),
);

export type McpToolName = keyof typeof mcpTools;

/** False for a tool that does not exist. */
export const isMcpTool = (name: string): name is McpToolName => Object.hasOwn(mcpTools, name);

/**
 * Under this name in `_meta` a bridge says for which program it stands: an older client says who it is once, at its beginning, and
 * a server that keeps no state has forgotten it by the next message.
 */
export const mcpClientMeta = 'vivim/client';
