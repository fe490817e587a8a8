/** Topics over HTTP. */
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import { topicProfile } from '../context/profiles/assemble-profile.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';
import { subjectsTold, topicTold } from './told-to-ai.ts';

export const topicHandlers = (deps: { space: UserSpace; clock: Clock }) =>
  ({
    listTopics: ({ query, asker }) =>
      deps.space.read((r) => {
        const page = r.topics.list(query, deps.clock());
        return { ...page, items: subjectsTold(r, asker, 'topic', page.items) };
      }),
    getTopic: ({ params, asker }) => {
      const profile = deps.space.read((r) => {
        const found = topicProfile(r, params.id, deps.clock());
        return found === null ? null : topicTold(r, asker, found);
      });
      if (profile === null) throw new AppError('not_found');
      return profile;
    },
  }) satisfies Handlers<'listTopics' | 'getTopic'>;
