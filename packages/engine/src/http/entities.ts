/** People, places and things over HTTP. */
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import { entityProfile } from '../context/profiles/assemble-profile.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

export const entityHandlers = (deps: { space: UserSpace; clock: Clock }) =>
  ({
    listEntities: ({ query }) => deps.space.read((r) => r.entities.list(query, deps.clock())),
    getEntity: ({ params }) => {
      const profile = deps.space.read((r) => entityProfile(r, params.id, deps.clock()));
      if (profile === null) throw new AppError('not_found');
      return profile;
    },
  }) satisfies Handlers<'listEntities' | 'getEntity'>;
