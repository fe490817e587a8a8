/** The filters of a search as they stand in the page's address. Unknown or malformed ones are dropped, not guessed. */
import type { AcuType } from '@vivim/contract/acu';
import { acuTypes } from '@vivim/contract/acu-words';
import type { Role, Source } from '@vivim/contract/conversation';
import { roles, sources } from '@vivim/contract/conversation-words';
import type { ConversationId, EntityId, MessageId, ProjectId, TopicId } from '@vivim/contract/ids';

export interface SearchFilters {
  source?: Source;
  role?: Role;
  /** `YYYY-MM-DD`, inclusive. */
  from?: string;
  /** `YYYY-MM-DD`, exclusive. */
  to?: string;
  topic?: TopicId;
  entity?: EntityId;
  project?: ProjectId;
  /** Of conversations with this tag. */
  tag?: string;
  conversation?: ConversationId;
  model?: string;
  type?: AcuType;
  language?: string;
  symbol?: string;
  /** `YYYY-MM-DD`: as it would have been when this day began. */
  asOf?: string;
  /** Only what is valid. */
  liveOnly?: 'true';
  /** What was edited away, too. */
  branches?: 'all';
}

/** By words alone, or by meaning alone; both where it is left out. */
export type SearchMode = 'words' | 'meaning';

export interface SearchAddress extends SearchFilters {
  q?: string;
  mode?: SearchMode;
  /** More like this message. */
  like?: MessageId;
}

const among = <T extends string>(allowed: readonly T[], value: unknown): T | undefined =>
  allowed.find((one) => one === value);

const date = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;

const id = <T extends string>(prefix: string, value: unknown): T | undefined =>
  typeof value === 'string' && new RegExp(`^${prefix}_[a-z2-7]{32}$`).test(value) ? (value as T) : undefined;

/** A router reads a figure in an address as a number. */
const words = (value: unknown, most: number): string | undefined =>
  (typeof value === 'string' || typeof value === 'number') && String(value).trim() !== ''
    ? String(value).slice(0, most)
    : undefined;

export const toSource = (value: unknown): Source | undefined => among(sources, value);
export const toRole = (value: unknown): Role | undefined => among(roles, value);

/** An address may hold it as text or as what a router read in it. */
const toLiveOnly = (value: unknown): 'true' | undefined => (value === 'true' || value === true ? 'true' : undefined);

/** Drops what is undefined, so that an address carries only the filters that are set. */
export function present<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}

export function toSearchFilters(address: Record<string, unknown>): SearchFilters {
  return present<SearchFilters>({
    source: toSource(address.source),
    role: toRole(address.role),
    from: date(address.from),
    to: date(address.to),
    topic: id<TopicId>('t', address.topic),
    entity: id<EntityId>('e', address.entity),
    project: id<ProjectId>('p', address.project),
    tag: words(address.tag, 60),
    conversation: id<ConversationId>('c', address.conversation),
    model: words(address.model, 200),
    type: among(acuTypes, address.type),
    language: words(address.language, 64),
    symbol: words(address.symbol, 128),
    asOf: date(address.asOf),
    liveOnly: toLiveOnly(address.liveOnly),
    branches: among(['all'] as const, address.branches),
  });
}

export function toSearchAddress(address: Record<string, unknown>): SearchAddress {
  return present<SearchAddress>({
    q: words(address.q, 4_000),
    mode: among(['words', 'meaning'] as const, address.mode),
    like: id<MessageId>('m', address.like),
    ...toSearchFilters(address),
  } as { [K in keyof SearchAddress]: SearchAddress[K] | undefined });
}

/** The day before or after, for a range that is shown with its last day and asked for with the one behind it. */
export function dayAfter(day: string, days = 1): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}
