/** Memories and projects. Forgetting is an erasure: it answers a receipt and cannot be taken back. */
import { EraseQuery, ErasureReceipt } from '../erasure.ts';
import { MemoryId, ProjectId } from '../ids.ts';
import { Memory, MemoryChange, MemoryDetail, MemoryQuery, MemoryRequest, Project, ProjectSummary } from '../memory.ts';
import { PageQuery, page } from '../page.ts';
import { engine, one, type Route } from './route.ts';

const writing = { ...engine, scope: 'memory:write', write: true, tag: 'memories' } as const;

export const memoryRoutes = {
  listMemories: {
    ...engine,
    path: '/v1/memories',
    tag: 'memories',
    summary: 'Memories, pinned first, then the newest; active ones unless another state is asked for',
    query: MemoryQuery,
    answer: page(Memory),
  },
  createMemory: {
    ...writing,
    method: 'POST',
    path: '/v1/memories',
    summary: 'State something to be remembered',
    body: MemoryRequest,
    status: 201,
    answer: Memory,
  },
  getMemory: {
    ...engine,
    path: '/v1/memories/{id}',
    tag: 'memories',
    summary: 'One memory with what it stands on',
    params: one(MemoryId),
    answer: MemoryDetail,
  },
  changeMemory: {
    ...writing,
    method: 'PATCH',
    path: '/v1/memories/{id}',
    summary: 'Edit, pin or archive a memory; no import changes it back',
    params: one(MemoryId),
    body: MemoryChange,
    answer: Memory,
  },
  forgetMemory: {
    ...writing,
    method: 'DELETE',
    path: '/v1/memories/{id}',
    summary: 'Forget a memory: it is erased with everything made from it, and no import brings it back',
    params: one(MemoryId),
    query: EraseQuery,
    answer: ErasureReceipt,
    errors: ['space_busy'],
  },
  listProjects: {
    ...engine,
    path: '/v1/projects',
    tag: 'projects',
    summary: 'Projects, by their names',
    query: PageQuery,
    answer: page(ProjectSummary),
  },
  getProject: {
    ...engine,
    path: '/v1/projects/{id}',
    tag: 'projects',
    summary: 'One project with its instructions and documents',
    params: one(ProjectId),
    answer: Project,
  },
} as const satisfies Record<string, Route>;
