/** Memories and projects over HTTP. */
import type { Asker } from '@vivim/contract/assembly';
import { type Clock, isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { MemoryBeside, MemoryChange, MemoryEvidence } from '@vivim/contract/memory';
import { wordsAt } from '../capture/kept-record.ts';
import { maskText } from '../capture/secrets/guard-secrets.ts';
import type { Eraser } from '../erasure/eraser.ts';
import type { StoredEvidence } from '../space/stores/memory-evidence.ts';
import type { SpaceReader } from '../space/transactors.ts';
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
        const { due, ...filters } = query;
        const page = r.memories.page({ ...filters, ...(due === true ? { dueBy: clock() } : {}) });
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
        if (memory === null || memoriesTold(r, asker, [memory]).length === 0) return null;
        const { pk, ...shown } = memory;
        return { ...shown, evidence: r.memories.evidence(pk).map(evidenceOf), ...besideTold(r, asker, pk) };
      });
      if (found === null) throw new AppError('not_found');
      return found;
    },
    changeMemory: ({ params, body, verb }) => {
      const changed = space.apply(verb, 200, (w) => {
        w.memorySteps.note(verb.id, [params.id], clock());
        return w.memories.change(params.id, maskedIn(body), clock());
      });
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
      space.apply(verb, 200, (w) => {
        w.memorySteps.note(verb.id, [params.id, body.into], clock());
        return w.memoryDecisions.merge(params.id, body.into, clock());
      }),
    reviewMemory: ({ params, body, verb }) =>
      space.apply(verb, 200, (w) => {
        w.memorySteps.note(verb.id, [params.id], clock());
        return w.memoryDecisions.review(params.id, body.outcome, clock());
      }),
    listMemorySteps: ({ query, asker }) =>
      space.read((r) => {
        const page = r.memoryStepList.page(query);
        // To an AI a step is there where all it was about is: as it was then too.
        const items = page.items.filter(({ memories }) => memoriesTold(r, asker, memories).length === memories.length);
        return { ...page, items };
      }),
    undoMemoryStep: ({ params, verb }) => {
      const undone = space.apply(verb, 200, (w) => ({ memories: w.memorySteps.undo(params.id) }));
      wake();
      return undone;
    },
    getMemoryChoices: () => space.read((r) => r.memories.choices(clock())),
    listDueMemories: ({ query }) => space.read((r) => r.memoryDecisions.due(clock(), query)),
    listMemoryConflicts: ({ query }) => space.read((r) => r.memoryDecisions.conflicts(query)),
    settleMemoryConflict: ({ body, verb }) =>
      space.apply(verb, 200, (w) => {
        w.memorySteps.note(verb.id, [], clock(), body.attribute);
        return w.memoryDecisions.settle(body, clock());
      }),
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
    | 'listMemorySteps'
    | 'undoMemoryStep'
    | 'getMemoryChoices'
    | 'listDueMemories'
    | 'listMemoryConflicts'
    | 'settleMemoryConflict'
    | 'listProjects'
    | 'getProject'
  >;

/** Memories beside one, without those that may not be told to whoever asks. */
function besideTold(r: SpaceReader, asker: Asker, pk: number) {
  const { replaced, replacedBy, beside } = r.memories.beside(pk);
  const told = (list: readonly MemoryBeside[]): MemoryBeside[] => {
    const may = new Set(
      memoriesTold(
        r,
        asker,
        list.flatMap(({ id }) => r.memories.find(id) ?? []),
      ).map(({ id }) => id),
    );
    return list.filter(({ id }) => may.has(id));
  };
  return {
    replaced: replaced === null ? null : (told([replaced])[0] ?? null),
    replacedBy: told(replacedBy),
    beside: told(beside),
  };
}

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
