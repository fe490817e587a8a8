/** Topics over HTTP. */
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import { topicProfile } from '../context/profiles/assemble-profile.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

export const topicHandlers = (deps: { space: UserSpace; clock: Clock }) =>
  ({
    listTopics: ({ query }) => deps.space.read((r) => r.topics.list(query, deps.clock())),
    getTopic: ({ params }) => {
      const profile = deps.space.read((r) => topicProfile(r, params.id, deps.clock()));
      if (profile === null) throw new AppError('not_found');
      return profile;
    },
  }) satisfies Handlers<'listTopics' | 'getTopic'>;
