/** Records of the contexts that were compiled. */
import { Assembly, AssemblyQuery, AssemblySummary, Why, WhyQuery } from '../assembly.ts';
import { AssemblyId } from '../ids.ts';
import { page } from '../page.ts';
import { engine, one, type Route } from './route.ts';

export const assemblyRoutes = {
  listAssemblies: {
    ...engine,
    path: '/v1/assemblies',
    tag: 'context',
    summary: 'What was asked for contexts, by which session, newest first',
    query: AssemblyQuery,
    answer: page(AssemblySummary),
  },
  getAssembly: {
    ...engine,
    path: '/v1/assemblies/{id}',
    tag: 'context',
    summary: 'One record: what was given and what was left out, with reasons',
    params: one(AssemblyId),
    answer: Assembly,
  },
  explainAssembly: {
    ...engine,
    path: '/v1/assemblies/{id}/why',
    tag: 'context',
    summary: 'Why a unit or a memory is in that context, or is not',
    params: one(AssemblyId),
    query: WhyQuery,
    answer: Why,
  },
} as const satisfies Record<string, Route>;
