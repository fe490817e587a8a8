/** Topics and entities, and what comes up together. */
import { Graph, GraphQuery } from '../graph.ts';
import { engine, type Route } from './route.ts';

export const graphRoutes = {
  getGraph: {
    ...engine,
    path: '/v1/graph',
    tag: 'topics',
    summary: 'What comes up together: the most important topics and entities, and the strongest edges between them',
    query: GraphQuery,
    answer: Graph,
  },
} as const satisfies Record<string, Route>;
