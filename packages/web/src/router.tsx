/** Which address shows which page. The frame and the door come first; every other page is fetched when visited. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { AppError } from '@vivim/contract/errors';
import { type ContextAddress, toContextAddress } from './api/context-address.ts';
import { type ConversationFilters, toConversationFilters } from './api/conversation-filters.ts';
import { type MemoryAddress, toMemoryAddress } from './api/memory-filters.ts';
import { type RecordFilters, toRecordFilters } from './api/record-filters.ts';
import { present, type SearchAddress, toSearchAddress } from './api/search-filters.ts';
import { toGraphFilters, toSubjectFilters } from './api/subject-filters.ts';
import { Layout } from './components/frame/layout.tsx';
import { ProblemPage } from './components/kit/problem-page.tsx';
import { Skeleton } from './components/kit/skeleton.tsx';
import { type ConnectionView, toConnectionView } from './connection-view.ts';
import { ownAddress } from './own-address.ts';

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
const importConflicts = createRoute({
  getParentRoute,
  path: '/import/conflicts',
  component: lazyRouteComponent(() => import('./pages/import-conflicts.tsx'), 'ImportConflictsPage'),
});
const importRun = createRoute({
  getParentRoute,
  path: '/imports/$id',
  component: lazyRouteComponent(() => import('./pages/import-run.tsx'), 'ImportRunPage'),
});
const secrets = createRoute({
  getParentRoute,
  path: '/secrets',
  component: lazyRouteComponent(() => import('./pages/secrets.tsx'), 'SecretsPage'),
});
const search = createRoute({
  getParentRoute,
  path: '/search',
  validateSearch: (address: Address): SearchAddress => toSearchAddress(address),
  component: lazyRouteComponent(() => import('./pages/search.tsx'), 'SearchPage'),
});
const conversations = createRoute({
  getParentRoute,
  path: '/conversations',
  validateSearch: (address: Address): ConversationFilters => toConversationFilters(address),
  component: lazyRouteComponent(() => import('./pages/conversations.tsx'), 'ConversationsPage'),
});
const conversation = createRoute({
  getParentRoute,
  path: '/conversations/$id',
  validateSearch: (address: Address) => present<{ message?: string }>({ message: text(address.message) }),
  component: lazyRouteComponent(() => import('./pages/conversation.tsx'), 'ConversationPage'),
});
const message = createRoute({
  getParentRoute,
  path: '/messages/$id',
  component: lazyRouteComponent(() => import('./pages/message.tsx'), 'MessagePage'),
});
const context = createRoute({
  getParentRoute,
  path: '/context',
  validateSearch: (address: Address): ContextAddress => toContextAddress(address),
  component: lazyRouteComponent(() => import('./pages/context.tsx'), 'ContextPage'),
});
const recipes = createRoute({
  getParentRoute,
  path: '/context/recipes',
  component: lazyRouteComponent(() => import('./pages/context-recipes.tsx'), 'RecipesPage'),
});
const kept = createRoute({
  getParentRoute,
  path: '/context/kept',
  component: lazyRouteComponent(() => import('./pages/context-kept.tsx'), 'KeptPage'),
});
const records = createRoute({
  getParentRoute,
  path: '/context/records',
  validateSearch: (address: Address): RecordFilters => toRecordFilters(address),
  component: lazyRouteComponent(() => import('./pages/context-records.tsx'), 'RecordsPage'),
});
const record = createRoute({
  getParentRoute,
  path: '/context/records/$id',
  component: lazyRouteComponent(() => import('./pages/context-record.tsx'), 'RecordPage'),
});
const asked = createRoute({
  getParentRoute,
  path: '/context/records/asked/$id',
  component: lazyRouteComponent(() => import('./pages/asked-record.tsx'), 'AskedPage'),
});
const memories = createRoute({
  getParentRoute,
  path: '/memories',
  validateSearch: (address: Address): MemoryAddress => toMemoryAddress(address),
  component: lazyRouteComponent(() => import('./pages/memories.tsx'), 'MemoriesPage'),
});
const topics = createRoute({
  getParentRoute,
  path: '/topics',
  validateSearch: toSubjectFilters,
  component: lazyRouteComponent(() => import('./pages/topics.tsx'), 'TopicsPage'),
});
const topic = createRoute({
  getParentRoute,
  path: '/topics/$id',
  component: lazyRouteComponent(() => import('./pages/topic.tsx'), 'TopicPage'),
});
const graph = createRoute({
  getParentRoute,
  path: '/graph',
  validateSearch: toGraphFilters,
  component: lazyRouteComponent(() => import('./pages/graph.tsx'), 'GraphPage'),
});
const entities = createRoute({
  getParentRoute,
  path: '/entities',
  validateSearch: toSubjectFilters,
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
  component: lazyRouteComponent(() => import('./pages/identity.tsx'), 'IdentityFrame'),
});
const ofIdentity = () => identity;
const overview = createRoute({
  getParentRoute: ofIdentity,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/identity/overview.tsx'), 'OverviewPage'),
});
const access = createRoute({
  getParentRoute: ofIdentity,
  path: '/access',
  component: lazyRouteComponent(() => import('./pages/identity/access.tsx'), 'AccessPage'),
});
const devices = createRoute({
  getParentRoute: ofIdentity,
  path: '/devices',
  component: lazyRouteComponent(() => import('./pages/identity/devices.tsx'), 'DevicesPage'),
});
const sessions = createRoute({
  getParentRoute: ofIdentity,
  path: '/sessions',
  component: lazyRouteComponent(() => import('./pages/identity/sessions.tsx'), 'SessionsPage'),
});
const tokens = createRoute({
  getParentRoute: ofIdentity,
  path: '/tokens',
  component: lazyRouteComponent(() => import('./pages/identity/tokens.tsx'), 'TokensPage'),
});
const connections = createRoute({
  getParentRoute: ofIdentity,
  path: '/connections',
  validateSearch: (address: Address) => present<{ view?: ConnectionView }>({ view: toConnectionView(address.view) }),
  component: lazyRouteComponent(() => import('./pages/identity/connections.tsx'), 'ConnectionsPage'),
});
const history = createRoute({
  getParentRoute: ofIdentity,
  path: '/history',
  component: lazyRouteComponent(() => import('./pages/identity/history.tsx'), 'HistoryPage'),
});
const account = createRoute({
  getParentRoute: ofIdentity,
  path: '/account',
  component: lazyRouteComponent(() => import('./pages/identity/account.tsx'), 'AccountPage'),
});
const space = createRoute({
  getParentRoute: ofIdentity,
  path: '/space',
  component: lazyRouteComponent(() => import('./pages/identity/space.tsx'), 'SpacePage'),
});
const taking = createRoute({
  getParentRoute: ofIdentity,
  path: '/take-along',
  component: lazyRouteComponent(() => import('./pages/identity/taking.tsx'), 'TakingPage'),
});
const erasing = createRoute({
  getParentRoute: ofIdentity,
  path: '/erase',
  component: lazyRouteComponent(() => import('./pages/identity/erasing.tsx'), 'ErasingPage'),
});
const operator = createRoute({
  getParentRoute,
  path: '/operator',
  component: lazyRouteComponent(() => import('./pages/operator.tsx'), 'OperatorPage'),
});
const reference = createRoute({
  getParentRoute,
  path: '/docs',
  component: lazyRouteComponent(() => import('./pages/api-reference.tsx'), 'ApiReferencePage'),
});
const welcome = createRoute({
  getParentRoute,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./pages/welcome.tsx'), 'WelcomePage'),
});
const connect = createRoute({
  getParentRoute,
  path: '/connect/$uid',
  component: lazyRouteComponent(() => import('./pages/connect.tsx'), 'ConnectPage'),
});
const join = createRoute({
  getParentRoute,
  path: '/join',
  validateSearch: (address: Address) =>
    present<{ account?: string; next?: string }>({ account: text(address.account), next: ownAddress(address.next) }),
  component: lazyRouteComponent(() => import('./pages/join.tsx'), 'JoinPage'),
});
const recover = createRoute({
  getParentRoute,
  path: '/recover',
  validateSearch: (address: Address) => present<{ next?: string }>({ next: ownAddress(address.next) }),
  component: lazyRouteComponent(() => import('./pages/recover.tsx'), 'RecoverPage'),
});
const unlock = createRoute({
  getParentRoute,
  path: '/unlock',
  component: lazyRouteComponent(() => import('./pages/unlock.tsx'), 'UnlockPage'),
});
const erased = createRoute({
  getParentRoute,
  path: '/erased/$receipt',
  component: lazyRouteComponent(() => import('./pages/erased.tsx'), 'ErasedPage'),
});

const routeTree = rootRoute.addChildren([
  home,
  importing,
  importConflicts,
  importRun,
  secrets,
  search,
  conversations,
  conversation,
  message,
  context,
  recipes,
  kept,
  records,
  record,
  asked,
  memories,
  topics,
  graph,
  topic,
  entities,
  entity,
  identity.addChildren([
    overview,
    access,
    devices,
    sessions,
    tokens,
    connections,
    space,
    taking,
    erasing,
    history,
    account,
  ]),
  operator,
  reference,
  welcome,
  connect,
  join,
  recover,
  unlock,
  erased,
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  scrollRestoration: true,
  // A page that is there sooner shows nothing in between; one that is not shows its shape at once.
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  defaultPendingComponent: () => <Skeleton shape="rows" count={8} />,
  defaultErrorComponent: ({ error, reset }) => <ProblemPage error={error} retry={reset} />,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
