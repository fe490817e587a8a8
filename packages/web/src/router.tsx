/** Which address shows which page. The frame and the door come first; every other page is fetched when visited. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import type { Source } from '@vivim/contract/conversation';
import { AppError } from '@vivim/contract/errors';
import { present, type SearchFilters, toSearchFilters, toSource } from './api/search-filters.ts';
import { Layout } from './components/layout.tsx';
import { Loading } from './components/loading.tsx';
import { ProblemPage } from './components/problem-page.tsx';

type Address = Record<string, unknown>;
const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

const rootRoute = createRootRoute({
  component: Layout,
  notFoundComponent: () => <ProblemPage error={new AppError('not_found')} />,
});
const getParentRoute = () => rootRoute;

// Each on its own: inferred inside the list, the routes would lose their types.
const home = createRoute({
  getParentRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/home.tsx'), 'HomePage'),
});
const importing = createRoute({
  getParentRoute,
  path: '/import',
  component: lazyRouteComponent(() => import('./pages/import.tsx'), 'ImportPage'),
});
const importRun = createRoute({
  getParentRoute,
  path: '/imports/$id',
  component: lazyRouteComponent(() => import('./pages/import-run.tsx'), 'ImportRunPage'),
});
const search = createRoute({
  getParentRoute,
  path: '/search',
  validateSearch: (address: Address): SearchFilters & { q?: string } =>
    present<SearchFilters & { q?: string }>({ ...toSearchFilters(address), q: text(address.q) } as SearchFilters & {
      q: string | undefined;
    }),
  component: lazyRouteComponent(() => import('./pages/search.tsx'), 'SearchPage'),
});
const conversations = createRoute({
  getParentRoute,
  path: '/conversations',
  validateSearch: (address: Address) => present<{ source?: Source }>({ source: toSource(address.source) }),
  component: lazyRouteComponent(() => import('./pages/conversations.tsx'), 'ConversationsPage'),
});
const conversation = createRoute({
  getParentRoute,
  path: '/conversations/$id',
  validateSearch: (address: Address) => present<{ message?: string }>({ message: text(address.message) }),
  component: lazyRouteComponent(() => import('./pages/conversation.tsx'), 'ConversationPage'),
});
const context = createRoute({
  getParentRoute,
  path: '/context',
  validateSearch: (address: Address) =>
    present<{ conversation?: string }>({ conversation: text(address.conversation) }),
  component: lazyRouteComponent(() => import('./pages/context.tsx'), 'ContextPage'),
});
const topics = createRoute({
  getParentRoute,
  path: '/topics',
  component: lazyRouteComponent(() => import('./pages/topics.tsx'), 'TopicsPage'),
});
const topic = createRoute({
  getParentRoute,
  path: '/topics/$id',
  component: lazyRouteComponent(() => import('./pages/topic.tsx'), 'TopicPage'),
});
const entities = createRoute({
  getParentRoute,
  path: '/entities',
  component: lazyRouteComponent(() => import('./pages/entities.tsx'), 'EntitiesPage'),
});
const entity = createRoute({
  getParentRoute,
  path: '/entities/$id',
  component: lazyRouteComponent(() => import('./pages/entity.tsx'), 'EntityPage'),
});
const identity = createRoute({
  getParentRoute,
  path: '/identity',
  component: lazyRouteComponent(() => import('./pages/identity.tsx'), 'IdentityPage'),
});

const routeTree = rootRoute.addChildren([
  home,
  importing,
  importRun,
  search,
  conversations,
  conversation,
  context,
  topics,
  topic,
  entities,
  entity,
  identity,
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingComponent: Loading,
  defaultErrorComponent: ({ error, reset }) => <ProblemPage error={error} retry={reset} />,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
