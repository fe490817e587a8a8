/** The filters of the list of conversations as they stand in the page's address. Unknown or malformed ones are dropped. */

import type { Source } from '@vivim/contract/conversation';
import type { ArchivedChoice, ConversationSort } from '@vivim/contract/conversation-list';
import { archivedChoices, conversationSorts } from '@vivim/contract/conversation-list-words';
import { present, toSource } from './search-filters.ts';

export interface ConversationFilters {
  source?: Source;
  project?: string;
  tag?: string;
  model?: string;
  topic?: string;
  entity?: string;
  archived?: ArchivedChoice;
  bookmarked?: 'true';
  noted?: 'true';
  /** `YYYY-MM-DD`, inclusive and exclusive. */
  from?: string;
  to?: string;
  sort?: ConversationSort;
}

const among = <T extends string>(allowed: readonly T[], value: unknown): T | undefined =>
  allowed.find((one) => one === value);
/** A router reads `2024` and `true` for what they look like. */
const text = (value: unknown): string | undefined =>
  (typeof value === 'string' && value.trim() !== '') || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).slice(0, 200)
    : undefined;
const id = (letter: string, value: unknown): string | undefined =>
  typeof value === 'string' && new RegExp(`^${letter}_[a-z2-7]{32}$`).test(value) ? value : undefined;
const date = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
const yes = (value: unknown): 'true' | undefined => (value === 'true' || value === true ? 'true' : undefined);
/** What is so anyway is not said. */
const unless = <T>(usual: T, value: T | undefined): T | undefined => (value === usual ? undefined : value);

export const toConversationFilters = (address: Record<string, unknown>): ConversationFilters =>
  present<ConversationFilters>({
    source: toSource(address.source),
    project: id('p', address.project),
    tag: text(address.tag)?.slice(0, 60),
    model: text(address.model),
    topic: id('t', address.topic),
    entity: id('e', address.entity),
    archived: unless<ArchivedChoice>('hide', among(archivedChoices, address.archived)),
    bookmarked: yes(address.bookmarked),
    noted: yes(address.noted),
    from: date(address.from),
    to: date(address.to),
    sort: unless<ConversationSort>('latest', among(conversationSorts, address.sort)),
  });

/** Those that leave something out: the order does not. */
export const narrowing = ({ sort: _, ...filters }: ConversationFilters): (keyof ConversationFilters)[] =>
  Object.keys(filters) as (keyof ConversationFilters)[];
