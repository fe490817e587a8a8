/** Notes and single conversations; where one went that was in a file, and reading it anew. */
import { ReparseQueued, ReparseRequest } from '../reparse.ts';
import { SaveConversation, Saved, SaveNote } from '../saved.ts';
import { Whereabouts, WhereQuery } from '../whereabouts.ts';
import { engine, type Route } from './route.ts';

const saving = {
  ...engine,
  scope: 'memory:write',
  write: true,
  method: 'POST',
  tag: 'conversations',
  status: 201,
  answer: Saved,
  errors: ['quota_exceeded'],
} as const;

export const savedRoutes = {
  saveConversation: {
    ...saving,
    path: '/v1/conversations',
    summary: 'Save one conversation, in the generic import format',
    body: SaveConversation,
  },
  saveNote: {
    ...saving,
    path: '/v1/notes',
    summary: 'Save a note: something to remember, in your own words',
    body: SaveNote,
  },
  reparse: {
    ...engine,
    scope: 'memory:write',
    write: true,
    method: 'POST',
    path: '/v1/space/reparse',
    tag: 'imports',
    summary: 'Read conversations anew from the records that were kept; ids, and all that stands on them, stay',
    body: ReparseRequest,
    status: 202,
    answer: ReparseQueued,
  },
  findWhereabouts: {
    ...engine,
    path: '/v1/whereabouts',
    tag: 'imports',
    summary: 'Where a conversation went: here under another name, left out and why, or in no file that was imported',
    query: WhereQuery,
    answer: Whereabouts,
  },
} as const satisfies Record<string, Route>;
