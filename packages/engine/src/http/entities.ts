/** People, places and things over HTTP. */
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import { entityProfile } from '../context/profiles/assemble-profile.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';
import { entityTold, subjectsTold } from './told-to-ai.ts';

export const entityHandlers = (deps: { space: UserSpace; clock: Clock }) =>
  ({
    listEntities: ({ query, asker }) =>
      deps.space.read((r) => {
        const page = r.entities.list(query, deps.clock());
        return { ...page, items: subjectsTold(r, asker, 'entity', page.items) };
      }),
    getEntity: ({ params, asker }) => {
      const profile = deps.space.read((r) => {
        const found = entityProfile(r, params.id, deps.clock());
        return found === null ? null : entityTold(r, asker, found);
      });
      if (profile === null) throw new AppError('not_found');
      return profile;
    },
  }) satisfies Handlers<'listEntities' | 'getEntity'>;
