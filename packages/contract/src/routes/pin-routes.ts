/** What stands in contexts until its person takes it back. */
import { PinId } from '../ids.ts';
import { page } from '../page.ts';
import { Pin, PinQuery, PinSubject } from '../pin.ts';
import { engine, one, type Route } from './route.ts';

const writing = { ...engine, scope: 'memory:write', write: true, tag: 'context' } as const;

export const pinRoutes = {
  listPins: {
    ...engine,
    path: '/v1/pins',
    tag: 'context',
    summary: 'What you pinned into contexts, the latest first',
    query: PinQuery,
    answer: page(Pin),
  },
  createPin: {
    ...writing,
    method: 'POST',
    path: '/v1/pins',
    summary: 'Pin a unit or a memory into every context, or into those of a recipe; again changes nothing',
    body: PinSubject,
    status: 201,
    answer: Pin,
  },
  deletePin: {
    ...writing,
    method: 'DELETE',
    path: '/v1/pins/{id}',
    summary: 'Take a pin back',
    params: one(PinId),
    answer: Pin,
  },
} as const satisfies Record<string, Route>;
