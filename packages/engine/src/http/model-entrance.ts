/**
 * What the gateway asks an engine about the services of its owner, and no client can: where one is, with its key, to try it;
 * here is what was learnt; this is what its owner agreed to. Behind the ticket gate, and of the owner alone.
 */
import { AppError } from '@vivim/contract/errors';
import {
  type ModelAddress,
  ModelAgreed,
  ModelLearnt,
  ModelServiceAsk,
  type ModelServiceList,
  modelWays,
} from '@vivim/contract/model-services';
import { parse } from '@vivim/contract/parse';
import type { TicketPayload } from '@vivim/contract/ticket';
import { listServices, type ModelServiceDeps } from './model-services.ts';
import { readJson } from './parse-call.ts';

export type ModelEntrance = (
  request: Request,
  ticket: TicketPayload,
) => Promise<ModelAddress | ModelServiceList | null>;

/** @throws AppError `insufficient_scope`, `not_found`, `version_conflict`, `request_invalid` */
export const modelEntrance =
  (deps: ModelServiceDeps): ModelEntrance =>
  async (request, ticket) => {
    const { space, embedders, memories } = deps;
    if (!ticket.scopes.includes('account:manage')) throw new AppError('insufficient_scope');
    const { pathname } = new URL(request.url);
    const { value } = await readJson(request);
    if (pathname === modelWays.service) {
      const { name } = parse(ModelServiceAsk, value);
      const address = space.read((r) => r.modelServices.address(name));
      if (address === null) throw new AppError('not_found');
      return address;
    }
    if (pathname === modelWays.learnt) {
      const learnt = parse(ModelLearnt, value);
      space.write((w) => {
        const before = w.modelServices.find(learnt.name)?.dimensions ?? null;
        const { dimensions } = learnt;
        const isOther = dimensions !== null && before !== null && before !== dimensions;
        if (w.modelServices.learn(learnt) && isOther) embedders.lose(w, learnt.name);
      });
      embedders.settle();
      return null;
    }
    const agreed = parse(ModelAgreed, value);
    const list = space.write((w) => {
      if (agreed.atMs !== null && w.modelServices.find(agreed.name) === null) throw new AppError('not_found');
      if (!w.modelServices.agree(agreed))
        throw new AppError('version_conflict', 'The service was changed meanwhile; look at it again.');
      if (agreed.atMs === null) (agreed.purpose === 'embed' ? embedders : memories).lose(w, agreed.name);
      return listServices(w, deps);
    });
    embedders.settle();
    memories.settle();
    return list;
  };
