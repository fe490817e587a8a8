/** Services that make vectors, and that look for memories. `/v1/models` belongs to the interfaces of the services themselves. */
import { z } from 'zod';
import { UpstreamName } from '../live.ts';
import {
  AgreeToModel,
  ChooseModel,
  EmbedderChoice,
  MemoryModel,
  ModelCall,
  ModelPurpose,
  ModelService,
  ModelServiceList,
  ModelServiceTest,
  PutModelService,
  TestModel,
} from '../model-services.ts';
import { engine, gateway, listed, type Route } from './route.ts';

const named = z.strictObject({ name: UpstreamName });
const tag = 'model-services';
/** Where a person's texts and keys go is decided by themselves, and by no token. */
const own = { ...engine, scope: 'account:manage', write: true, freezes: true, tag } as const;
const agreeing = {
  ...gateway,
  scope: 'account:manage',
  freezes: true,
  path: '/v1/model-services/{name}/consent',
  tag,
  params: named,
  answer: ModelServiceList,
} as const;

export const modelRoutes = {
  listModelServices: {
    ...engine,
    scope: 'account:read',
    path: '/v1/model-services',
    tag,
    summary: 'Your services, who makes your vectors now, and who looks for memories',
    answer: ModelServiceList,
  },
  putModelService: {
    ...own,
    method: 'PUT',
    path: '/v1/model-services/{name}',
    summary: 'Add a service, or change one; its key is never shown again',
    params: named,
    body: PutModelService,
    answer: ModelService,
    errors: ['upstream_not_allowed', 'quota_exceeded'],
  },
  deleteModelService: {
    ...own,
    method: 'DELETE',
    path: '/v1/model-services/{name}',
    summary: 'Forget a service and its key, and withdraw what was agreed to',
    params: named,
    answer: ModelService,
  },
  testModelService: {
    ...gateway,
    scope: 'account:manage',
    method: 'POST',
    path: '/v1/model-services/{name}/test',
    tag,
    summary: 'Have a service embed three fixed words or answer a fixed question, and learn how it does',
    params: named,
    query: TestModel,
    answer: ModelServiceTest,
    errors: ['engine_unavailable', 'rate_limited'],
  },
  agreeToModelService: {
    ...agreeing,
    method: 'PUT',
    summary: 'Agree that texts go to a service, for one purpose',
    body: AgreeToModel,
    errors: ['version_conflict', 'engine_unavailable'],
  },
  withdrawFromModelService: {
    ...agreeing,
    method: 'DELETE',
    summary: 'Withdraw it: from now on nothing goes there',
    query: z.strictObject({ purpose: ModelPurpose }),
    errors: ['engine_unavailable'],
  },
  chooseEmbedder: {
    ...own,
    method: 'PUT',
    path: '/v1/embedder',
    summary: 'Choose who makes your vectors; the old ones answer until the new ones are there',
    body: ChooseModel,
    answer: EmbedderChoice,
    errors: ['model_not_allowed'],
  },
  chooseMemoryModel: {
    ...own,
    method: 'PUT',
    path: '/v1/memory-model',
    summary: 'Choose the model that looks for memories beside the rules; what it found before stays',
    body: ChooseModel,
    answer: MemoryModel,
    errors: ['model_not_allowed'],
  },
  listModelCalls: {
    ...engine,
    scope: 'account:read',
    path: '/v1/model-calls',
    tag,
    summary: 'What left for which service, newest first; never what was in it',
    query: engine.query.extend({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
    answer: listed(ModelCall),
  },
} as const satisfies Record<string, Route>;
