/** Memories and projects over HTTP. */
import { type Clock, isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { MemoryChange, MemoryEvidence } from '@vivim/contract/memory';
import { wordsAt } from '../capture/kept-record.ts';
import { maskText } from '../capture/secrets/guard-secrets.ts';
import type { Eraser } from '../erasure/eraser.ts';
import type { StoredEvidence } from '../space/stores/memory-evidence.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';
import { memoriesTold } from './told-to-ai.ts';

export interface MemoryHandlerDeps {
  readonly space: UserSpace;
  readonly eraser: Eraser;
  readonly clock: Clock;
  /** Say that there is work: what was stated is read for what it says something of. */
  readonly wake: () => void;
}

export const memoryHandlers = ({ space, eraser, clock, wake }: MemoryHandlerDeps) =>
  ({
    listMemories: ({ query, asker }) =>
      space.read((r) => {
        const page = r.memories.page(query);
        return { ...page, items: memoriesTold(r, asker, page.items) };
      }),
    createMemory: ({ body, verb, asker }) => {
      const by = asker.application ?? '';
      const stated = space.apply(verb, 201, (w) => w.memories.state(maskedIn(body), verb.id, clock(), by));
      wake();
      return stated;
    },
    getMemory: ({ params, asker }) => {
      const found = space.read((r) => {
        const memory = r.memories.find(params.id);
        if (memory !== null && memoriesTold(r, asker, [memory]).length === 0) return null;
        return memory === null ? null : { memory, evidence: r.memories.evidence(memory.pk) };
      });
      if (found === null) throw new AppError('not_found');
      const { pk: _, ...memory } = found.memory;
      return { ...memory, evidence: found.evidence.map(evidenceOf) };
    },
    changeMemory: ({ params, body, verb }) => {
      const changed = space.apply(verb, 200, (w) => w.memories.change(params.id, maskedIn(body), clock()));
      wake();
      return changed;
    },
    forgetMemory: ({ params, query, verb, asker }) => {
      // What an AI is not told of is not its to erase either.
      const keptOut = space.read((r) => {
        const memory = r.memories.find(params.id);
        return memory !== null && memoriesTold(r, asker, [memory]).length === 0;
      });
      if (keptOut) throw new AppError('not_found');
      const wish = { kind: 'memory', ids: [params.id], mentions: 'keep' } as const;
      return query.preview === true ? eraser.preview(wish) : eraser.erase(wish, verb);
    },
    mergeMemory: ({ params, body, verb }) =>
      space.apply(verb, 200, (w) => w.memoryDecisions.merge(params.id, body.into, clock())),
    reviewMemory: ({ params, body, verb }) =>
      space.apply(verb, 200, (w) => w.memoryDecisions.review(params.id, body.outcome, clock())),
    listDueMemories: ({ query }) => space.read((r) => r.memoryDecisions.due(clock(), query)),
    listMemoryConflicts: ({ query }) => space.read((r) => r.memoryDecisions.conflicts(query)),
    settleMemoryConflict: ({ body, verb }) => space.apply(verb, 200, (w) => w.memoryDecisions.settle(body, clock())),
    listProjects: ({ query }) => space.read((r) => r.projects.page(query)),
    getProject: ({ params }) => {
      const project = space.read((r) => r.projects.find(params.id));
      if (project === null) throw new AppError('not_found');
      return project;
    },
  }) satisfies Handlers<
    | 'listMemories'
    | 'createMemory'
    | 'getMemory'
    | 'changeMemory'
    | 'forgetMemory'
    | 'mergeMemory'
    | 'reviewMemory'
    | 'listDueMemories'
    | 'listMemoryConflicts'
    | 'settleMemoryConflict'
    | 'listProjects'
    | 'getProject'
  >;

/** A memory is made to be told: a key or a token never stands in one. */
const masked = (text: string): string => maskText(text, () => true);
function maskedIn<T extends MemoryChange>(body: T): T {
  const { text, name, aliases } = body;
  return {
    ...body,
    ...(text === undefined ? {} : { text: masked(text) }),
    ...(name === undefined || name === null ? {} : { name: masked(name) }),
    ...(aliases === undefined ? {} : { aliases: aliases.map(masked) }),
  };
}

function evidenceOf(evidence: StoredEvidence): MemoryEvidence {
  const { place, start, end } = evidence;
  const at = isoTime(evidence.atMs);
  if (evidence.from === 'message') {
    const { conversationId, title, messageId, quoted } = evidence;
    return { from: 'message', conversationId, title, messageId, partIndex: Number(place), quoted, start, end, at };
  }
  const { importId, slot, zstd } = evidence;
  const record = slot.split(':').slice(2).join(':');
  return { from: 'import', importId, record, field: place, quoted: wordsAt(zstd, place, start, end), start, end, at };
}
