/** What a person hangs on conversations and messages, and what a reader of them needs beside their words. */
import { Annotation, AnnotationQuery, AnnotationResult, AnnotationSteps } from '../annotation.ts';
import { ConversationFacets, FacetsQuery } from '../conversation-list.ts';
import { ConversationId, MessageId } from '../ids.ts';
import { MessageUse } from '../message-use.ts';
import { Outline } from '../outline.ts';
import { page } from '../page.ts';
import { engine, one, type Route } from './route.ts';

export const annotationRoutes = {
  listAnnotations: {
    ...engine,
    path: '/v1/annotations',
    tag: 'annotations',
    summary: 'Your bookmarks, notes and tags, and what you archived, the latest first',
    query: AnnotationQuery,
    answer: page(Annotation),
  },
  annotate: {
    ...engine,
    scope: 'memory:write',
    write: true,
    method: 'POST',
    path: '/v1/annotations',
    tag: 'annotations',
    summary: 'Bookmark, note, tag or archive, many at once; the answer says what takes it back',
    body: AnnotationSteps,
    answer: AnnotationResult,
  },
  getConversationFacets: {
    ...engine,
    path: '/v1/conversation-facets',
    tag: 'conversations',
    summary: 'How many conversations a filter leaves, and the sources, models and tags there are',
    query: FacetsQuery,
    answer: ConversationFacets,
  },
  getOutline: {
    ...engine,
    path: '/v1/conversations/{id}/outline',
    tag: 'messages',
    summary: 'Every message of a conversation on every branch, without its words',
    params: one(ConversationId),
    answer: Outline,
  },
  getMessageUse: {
    ...engine,
    path: '/v1/messages/{id}/uses',
    tag: 'messages',
    summary: 'Where the units of a message were used: topics, entities, memories, contexts',
    params: one(MessageId),
    answer: MessageUse,
  },
} as const satisfies Record<string, Route>;
