/** What the reader and the list of conversations ask, as query options: one key and one call each. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Message } from '@vivim/contract/conversation';
import type { ConversationId, EntityId, MessageId, ProjectId, TopicId } from '@vivim/contract/ids';
import { ownTimeZone } from '../format.ts';
import { api } from './client.ts';
import type { ConversationFilters } from './conversation-filters.ts';

/** As many as one answer may hold. */
const pageSize = 200;
/** Messages that come with the page, and those asked for while one scrolls. */
const firstMessages = 30;
export const messagesAtOnce = 60;

function asked({ project, topic, entity, ...filters }: ConversationFilters) {
  return {
    ...filters,
    ...(project === undefined ? {} : { projectId: project as ProjectId }),
    ...(topic === undefined ? {} : { topic: topic as TopicId }),
    ...(entity === undefined ? {} : { entity: entity as EntityId }),
    timeZone: ownTimeZone(),
  };
}

export const conversationListQuery = (filters: ConversationFilters) =>
  infiniteQueryOptions({
    queryKey: ['conversations', 'list', filters],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.listConversations({
        query: { limit: pageSize, ...asked(filters), ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        signal,
      }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const facetsQuery = ({ sort: _, ...filters }: ConversationFilters) =>
  queryOptions({
    queryKey: ['conversations', 'facets', filters],
    queryFn: ({ signal }) => api.getConversationFacets({ query: asked(filters), signal }),
    placeholderData: keepPreviousData,
  });

export const outlineQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversation', id, 'outline'],
    queryFn: ({ signal }) => api.getOutline({ params: { id: id as ConversationId }, signal }),
  });

/** The messages the page opens with: asked for beside the outline, not after it. */
export const openingMessagesQuery = (id: string, around: string | undefined) =>
  queryOptions({
    queryKey: ['conversation', id, 'opening', around ?? ''],
    queryFn: ({ signal }) =>
      api.listMessages({
        params: { id: id as ConversationId },
        query: {
          limit: firstMessages,
          hidden: 'true',
          ...(around === undefined || !/^m_[a-z2-7]{32}$/.test(around) ? {} : { around: around as MessageId }),
        },
        signal,
      }),
  });

export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: ['message', id],
    queryFn: ({ signal }) => api.getMessage({ params: { id: id as MessageId }, signal }),
  });

export const messagesByIds = async (id: string, ids: readonly string[]): Promise<Message[]> =>
  (
    await api.listMessages({
      params: { id: id as ConversationId },
      query: { limit: pageSize, branches: 'all', hidden: 'true', ids: ids.join(',') },
    })
  ).items;

/** All of one conversation: few hang more than a page of them on one. */
export const annotationsQuery = (conversation: string) =>
  queryOptions({
    queryKey: ['annotations', conversation],
    queryFn: ({ signal }) =>
      api.listAnnotations({ query: { conversation: conversation as ConversationId, limit: pageSize }, signal }),
  });

export const messageUseQuery = (id: string) =>
  queryOptions({
    queryKey: ['message', id, 'use'],
    queryFn: ({ signal }) => api.getMessageUse({ params: { id: id as MessageId }, signal }),
    staleTime: 0,
  });

export const messageUnitsQuery = (id: string) =>
  queryOptions({
    queryKey: ['message', id, 'units'],
    queryFn: ({ signal }) =>
      api.listMessageAcus({ params: { id: id as MessageId }, query: { limit: pageSize }, signal }),
  });
