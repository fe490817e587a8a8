/** What stays out of contexts, over HTTP. */
import type { Clock } from '@vivim/contract/clock';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

/** @param deps.wake say that bundles wait to be compiled again */
export const exclusionHandlers = ({ space, clock, wake }: { space: UserSpace; clock: Clock; wake: () => void }) =>
  ({
    listExclusions: ({ query }) => space.read((r) => r.exclusions.page(query)),
    createExclusion: ({ body, verb }) => {
      const made = space.apply(verb, 201, (w) => w.exclusions.make(body, clock()));
      wake();
      return made;
    },
    deleteExclusion: ({ params, verb }) => {
      const taken = space.apply(verb, 200, (w) => w.exclusions.takeBack(params.id));
      wake();
      return taken;
    },
  }) satisfies Handlers<'listExclusions' | 'createExclusion' | 'deleteExclusion'>;
