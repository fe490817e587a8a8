/** A person's services: those that make vectors and those that look for memories. A key goes in here and comes out nowhere. */
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { EmbedderChoice, MemoryModel, ModelService, ModelServiceList } from '@vivim/contract/model-services';
import type { Embedders } from '../context/embedders/embedders.ts';
import { vectorsName } from '../context/embedders/service-embedder.ts';
import type { ModelMemoryFinder } from '../context/memories/by-model/model-memory-finder.ts';
import { type ModelServiceRow, shownService } from '../space/stores/model-services.ts';
import type { SpaceReader, SpaceWriter } from '../space/transactors.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

export interface ModelServiceDeps {
  readonly space: UserSpace;
  readonly embedders: Embedders;
  readonly memories: ModelMemoryFinder;
  readonly clock: Clock;
}

const shown = (r: SpaceReader | SpaceWriter, row: ModelServiceRow, nowMs: number): ModelService =>
  shownService(row, r.modelCalls.month(row.name, nowMs), r.modelCalls.day(row.name, nowMs));

/** Every service, who makes vectors now and who looks for memories. */
export const listServices = (
  r: SpaceReader | SpaceWriter,
  { embedders, memories, clock }: ModelServiceDeps,
): ModelServiceList => ({
  items: r.modelServices.all().map((row) => shown(r, row, clock())),
  embedder: embedders.state(r),
  memories: memories.state(r),
});

export const modelServiceHandlers = (deps: ModelServiceDeps) => {
  const { space, embedders, memories, clock } = deps;
  const settle = () => {
    embedders.settle();
    memories.settle();
  };
  return {
    listModelServices: () => space.read((r) => listServices(r, deps)),
    putModelService: ({ verb, params, body }) => {
      const answer = space.apply<ModelService>(verb, 200, (w) => {
        const before = w.modelServices.find(params.name);
        const row = w.modelServices.put(params.name, body, clock());
        if (before !== null && vectorsName(before) !== vectorsName(row)) embedders.lose(w, params.name);
        if (row.memoriesAgreedMs === null) memories.lose(w, params.name);
        return shown(w, row, clock());
      });
      settle();
      return answer;
    },
    deleteModelService: ({ verb, params }) => {
      const answer = space.apply<ModelService>(verb, 200, (w) => {
        const row = w.modelServices.find(params.name);
        if (row === null) throw new AppError('not_found');
        w.modelServices.remove(params.name);
        embedders.lose(w, params.name);
        memories.lose(w, params.name);
        return shown(w, row, clock());
      });
      settle();
      return answer;
    },
    chooseEmbedder: ({ verb, body }) => {
      const answer = space.apply<EmbedderChoice>(verb, 200, (w) => embedders.choose(w, body.service));
      settle();
      return answer;
    },
    chooseMemoryModel: ({ verb, body }) => {
      const answer = space.apply<MemoryModel>(verb, 200, (w) => memories.choose(w, body.service));
      settle();
      return answer;
    },
    listModelCalls: ({ query }) => ({ items: space.read((r) => r.modelCalls.latest(query.limit)) }),
  } satisfies Handlers<
    | 'listModelServices'
    | 'putModelService'
    | 'deleteModelService'
    | 'chooseEmbedder'
    | 'chooseMemoryModel'
    | 'listModelCalls'
  >;
};
