/**
 * The tools there are, and what each needs to be allowed. Small and without imports of weight: it is asked before the
 * protocol's library is loaded. A tool that is not in this table cannot be registered, and one without an
 * implementation does not compile.
 */
import { type GrantableScope, grantableScopes, type Scope } from '@vivim/contract/identity';

export const toolScopes = {
  search: ['memory:read'],
  get_context: ['memory:read'],
  read_conversation: ['memory:read'],
  list_topics: ['memory:read'],
  get_profile: ['memory:read'],
  save_conversation: ['memory:write'],
} as const satisfies Record<string, readonly GrantableScope[]>;

export type ToolName = keyof typeof toolScopes;

/** What calls of these tools need; nothing for a tool that does not exist, which the protocol answers itself. */
function scopesOf(names: readonly string[]): GrantableScope[] {
  return names.flatMap((name) => (Object.hasOwn(toolScopes, name) ? [...toolScopes[name as ToolName]] : []));
}

/**
 * What to ask for so that these calls pass: all they need and all that is held already, at once, so that a client that
 * asks for exactly this loses nothing. Null when nothing is missing.
 */
export function missingScopes(names: readonly string[], held: readonly Scope[]): GrantableScope[] | null {
  const needed = scopesOf(names);
  if (needed.every((scope) => held.includes(scope))) return null;
  return grantableScopes.filter((scope) => needed.includes(scope) || held.includes(scope));
}
