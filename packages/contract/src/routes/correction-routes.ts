/** Putting right what was found. Every correction can be undone. */
import { Correction, CorrectionQuery, EntityCorrection, TopicCorrection } from '../correction.ts';
import { CorrectionId, EntityId, TopicId } from '../ids.ts';
import { page } from '../page.ts';
import { engine, one, type Route } from './route.ts';

const writing = { ...engine, scope: 'memory:write', write: true } as const;

export const correctionRoutes = {
  correctTopic: {
    ...writing,
    method: 'POST',
    path: '/v1/topics/{id}/corrections',
    tag: 'topics',
    summary: 'Merge, split, rename, pin or hide a topic; no later rollup changes it back',
    params: one(TopicId),
    body: TopicCorrection,
    status: 201,
    answer: Correction,
  },
  correctEntity: {
    ...writing,
    method: 'POST',
    path: '/v1/entities/{id}/corrections',
    tag: 'entities',
    summary: 'Merge, split, rename, pin, ignore or retype a person, place or thing; no later rollup changes it back',
    params: one(EntityId),
    body: EntityCorrection,
    status: 201,
    answer: Correction,
  },
  listCorrections: {
    ...engine,
    path: '/v1/corrections',
    tag: 'topics',
    summary: 'Corrections of topics and entities, the latest first',
    query: CorrectionQuery,
    answer: page(Correction),
  },
  undoCorrection: {
    ...writing,
    method: 'DELETE',
    path: '/v1/corrections/{id}',
    tag: 'topics',
    summary: 'Undo a correction: what was found stands again as if it had never been made',
    params: one(CorrectionId),
    answer: Correction,
  },
} as const satisfies Record<string, Route>;
