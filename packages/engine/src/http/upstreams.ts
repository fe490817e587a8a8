/** Upstreams: the services a person's conversations can go through. A key goes in here and comes out nowhere. */
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { Upstream } from '@vivim/contract/live';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

export const upstreamHandlers = ({ space, clock }: { space: UserSpace; clock: Clock }) =>
  ({
    listUpstreams: () => space.read((r) => ({ items: r.upstreams.all(), live: r.liveTally.read() })),
    putUpstream: ({ verb, params, body }) =>
      space.apply<Upstream>(verb, 200, (w) => w.upstreams.put(params.name, body, clock())),
    deleteUpstream: ({ verb, params }) =>
      space.apply<Upstream>(verb, 200, (w) => {
        const removed = w.upstreams.remove(params.name);
        if (removed === null) throw new AppError('not_found');
        return removed;
      }),
  }) satisfies Handlers<'listUpstreams' | 'putUpstream' | 'deleteUpstream'>;
