/** Erasing inside a space. Every route answers a receipt; none can be taken back. */
import { EraseQuery, EraseRange, EraseRequest, EraseSubjectQuery, ErasureId, ErasureReceipt } from '../erasure.ts';
import { AcuId, ConversationId, EntityId, ImportId, MessageId, TopicId } from '../ids.ts';
import { PageQuery, page } from '../page.ts';
import { engine, one, type Route } from './route.ts';

const erasing = {
  ...engine,
  scope: 'memory:write',
  write: true,
  method: 'DELETE',
  tag: 'erasures',
  query: EraseQuery,
  answer: ErasureReceipt,
  errors: ['space_busy'],
} as const;

export const erasureRoutes = {
  eraseConversation: {
    ...erasing,
    path: '/v1/conversations/{id}',
    summary: 'Erase a conversation and everything made from it',
    params: one(ConversationId),
  },
  eraseMessage: {
    ...erasing,
    path: '/v1/messages/{id}',
    summary: 'Erase a message; what replied to it moves up',
    params: one(MessageId),
  },
  eraseAcu: {
    ...erasing,
    path: '/v1/acus/{id}',
    summary: 'Erase a unit: its words leave the message too, and […] stands in their place',
    params: one(AcuId),
  },
  eraseTopic: {
    ...erasing,
    path: '/v1/topics/{id}',
    summary: 'Erase a topic; messages keep naming it unless mentions are redacted',
    params: one(TopicId),
    query: EraseSubjectQuery,
  },
  eraseEntity: {
    ...erasing,
    path: '/v1/entities/{id}',
    summary: 'Erase what is known of a person, place or thing; messages keep naming it unless mentions are redacted',
    params: one(EntityId),
    query: EraseSubjectQuery,
  },
  eraseImport: {
    ...erasing,
    path: '/v1/imports/{id}',
    summary: 'Erase an import and what it alone brought in',
    params: one(ImportId),
  },
  erase: {
    ...erasing,
    method: 'POST',
    path: '/v1/space/erasures',
    summary: 'Erase many things of one kind as one erasure',
    body: EraseRequest,
  },
  eraseRange: {
    ...erasing,
    method: 'POST',
    path: '/v1/space/erasures/range',
    summary: 'Erase every conversation of a source, of a time, or of both, as one erasure',
    body: EraseRange,
  },
  listErasures: {
    ...engine,
    path: '/v1/space/erasures',
    tag: 'erasures',
    summary: 'Receipts, newest first',
    query: PageQuery,
    answer: page(ErasureReceipt),
  },
  getErasureReceipt: {
    ...engine,
    path: '/v1/space/erasures/{id}',
    tag: 'erasures',
    summary: 'One receipt',
    params: one(ErasureId),
    answer: ErasureReceipt,
  },
  allowErased: {
    ...engine,
    scope: 'memory:write',
    write: true,
    method: 'POST',
    path: '/v1/space/erasures/{id}/allow',
    tag: 'erasures',
    summary: 'Let what was erased come in again with the next import',
    params: one(ErasureId),
    answer: ErasureReceipt,
    errors: ['space_busy'],
  },
} as const satisfies Record<string, Route>;
