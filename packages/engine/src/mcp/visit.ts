/** Who comes with a message of the protocol, as far as the gateway says; and how a client that was not let in by name calls itself. */
import { CLIENT_INFO_META_KEY } from '@modelcontextprotocol/server';
import type { Asker } from '@vivim/contract/assembly';
import type { GrantableScope } from '@vivim/contract/identity';
import { mcpClientMeta } from '@vivim/contract/mcp';
import { z } from 'zod';

export interface Visit {
  readonly asker: Asker;
  /** May read what its person has. */
  readonly reads: boolean;
  /** An application may be let in for more when it asks; a key or token of the person's own can do what it can. */
  readonly mayEver: (scope: GrantableScope) => boolean;
  /** Where pages of this server are; null where nobody said. */
  readonly origin: string | null;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** What stands for a client nobody can name. */
const nameless = 'an AI application';
const longestName = 100;

const Meta = z.looseObject({
  [CLIENT_INFO_META_KEY]: z.looseObject({ name: z.string() }).optional().catch(undefined),
  [mcpClientMeta]: z.string().optional().catch(undefined),
});

/** @param claimed `_meta` of the message: heard where its session has no name of its own */
export function askerNamed(asker: Asker, claimed: unknown): Asker {
  if (asker.application !== undefined) return asker;
  const meta = Meta.safeParse(claimed);
  const name = meta.success ? (meta.data[CLIENT_INFO_META_KEY]?.name ?? meta.data[mcpClientMeta] ?? '') : '';
  const shown = name
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, longestName)
    .toWellFormed();
  return { ...asker, application: shown === '' ? nameless : shown };
}

/** The address of a page of this server. @param path begins with a slash */
export const pageAt = (origin: string | null, path: string): string | null =>
  origin === null ? null : `${origin}${path}`;
