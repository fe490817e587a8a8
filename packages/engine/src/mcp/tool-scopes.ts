/**
 * What messages of the protocol need to be allowed. Small and without imports of weight: it is asked before the protocol's library
 * is loaded. What lists resources or prompts needs nothing, and lists nothing to who may not read: a client asks for the lists when
 * it connects, and is not to be sent for a consent by that.
 */
import { type GrantableScope, grantableScopes, type Scope } from '@vivim/contract/identity';
import { isMcpTool, mcpTools } from '@vivim/contract/mcp';

/** Methods, beside calls of tools, that hand out what a person has. */
const readingMethods: ReadonlySet<string> = new Set(['resources/read', 'prompts/get']);

/** What a message asks for: a method, and for a call the tool. */
export interface Asked {
  readonly method: string;
  readonly tool: string | null;
}

/** Nothing for a tool that does not exist, which the protocol answers itself. */
function scopeOf({ method, tool }: Asked): GrantableScope[] {
  if (readingMethods.has(method)) return ['memory:read'];
  return tool !== null && isMcpTool(tool) ? [mcpTools[tool].scope] : [];
}

/**
 * What to ask for so that these pass: all they need and all that is held already, at once, so that a client that
 * asks for exactly this loses nothing. Null when nothing is missing.
 */
export function missingScopes(asked: readonly Asked[], held: readonly Scope[]): GrantableScope[] | null {
  const needed = asked.flatMap(scopeOf);
  if (needed.every((scope) => held.includes(scope))) return null;
  return grantableScopes.filter((scope) => needed.includes(scope) || held.includes(scope));
}
