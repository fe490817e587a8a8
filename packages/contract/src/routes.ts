/**
 * The route table: every operation of the REST API, once. Gateway and engine mount it, the client is typed by it,
 * OpenAPI is printed from it. A route that is not here does not exist.
 */
import type { z } from 'zod';
import { accountRoutes } from './routes/account-routes.ts';
import { activityRoutes } from './routes/activity-routes.ts';
import { annotationRoutes } from './routes/annotation-routes.ts';
import { askedRoutes } from './routes/asked-routes.ts';
import { assemblyRoutes } from './routes/assembly-routes.ts';
import { conflictRoutes } from './routes/conflict-routes.ts';
import { correctionRoutes } from './routes/correction-routes.ts';
import { devicesRoutes } from './routes/devices-routes.ts';
import { erasureRoutes } from './routes/erasure-routes.ts';
import { evaluationRoutes } from './routes/evaluation-routes.ts';
import { exclusionRoutes } from './routes/exclusion-routes.ts';
import { graphRoutes } from './routes/graph-routes.ts';
import { identityRoutes } from './routes/identity-routes.ts';
import { importEntryRoutes } from './routes/import-entry-routes.ts';
import { keysRoutes } from './routes/keys-routes.ts';
import { liveRoutes } from './routes/live-routes.ts';
import { memoryRoutes } from './routes/memory-routes.ts';
import { modelRoutes } from './routes/model-routes.ts';
import { operatorRoutes } from './routes/operator-routes.ts';
import { pinRoutes } from './routes/pin-routes.ts';
import { presenceRoutes } from './routes/presence-routes.ts';
import { recipeRoutes } from './routes/recipe-routes.ts';
import { recoveryRoutes } from './routes/recovery-routes.ts';
import type { Route } from './routes/route.ts';
import { savedRoutes } from './routes/saved-routes.ts';
import { sealRoutes } from './routes/seal-routes.ts';
import { searchRoutes } from './routes/search-routes.ts';
import { secretRoutes } from './routes/secret-routes.ts';
import { spaceRoutes } from './routes/space-routes.ts';
import { uploadRoutes } from './routes/upload-routes.ts';
import { watchedRoutes } from './routes/watched-routes.ts';

export type { Route } from './routes/route.ts';

export const routes = {
  ...identityRoutes,
  ...accountRoutes,
  ...operatorRoutes,
  ...devicesRoutes,
  ...keysRoutes,
  ...recoveryRoutes,
  ...sealRoutes,
  ...spaceRoutes,
  ...activityRoutes,
  ...searchRoutes,
  ...importEntryRoutes,
  ...memoryRoutes,
  ...uploadRoutes,
  ...erasureRoutes,
  ...liveRoutes,
  ...modelRoutes,
  ...savedRoutes,
  ...conflictRoutes,
  ...correctionRoutes,
  ...graphRoutes,
  ...secretRoutes,
  ...watchedRoutes,
  ...evaluationRoutes,
  ...recipeRoutes,
  ...exclusionRoutes,
  ...pinRoutes,
  ...annotationRoutes,
  ...assemblyRoutes,
  ...askedRoutes,
  ...presenceRoutes,
} as const satisfies Record<string, Route>;

export type Routes = typeof routes;
export type Operation = keyof Routes;
export type OperationOf<Owner extends Route['owner']> = {
  [K in Operation]: Routes[K]['owner'] extends Owner ? K : never;
}[Operation];

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
/** What a handler is given: every part parsed. */
export type Params<K extends Operation> = Parsed<Routes[K]['params']>;
export type Query<K extends Operation> = Parsed<Routes[K]['query']>;
export type RequestHeaders<K extends Operation> = Parsed<Routes[K]['headers']>;
export type Body<K extends Operation> = Parsed<Routes[K]['body']>;
export type Answer<K extends Operation> = Parsed<Routes[K]['answer']>;

export const operations = Object.keys(routes) as Operation[];

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const byName = Map.groupBy(operations, (operation) => nameOf(routes[operation]));

/** Whether this of the operations of one method and path is meant: one may be the other as a stream. */
export function isMeant(route: Route, accept: string | null): boolean {
  if (byName.get(nameOf(route))?.length === 1) return true;
  return (accept ?? '').includes('text/event-stream') === (route.answer === 'events');
}
