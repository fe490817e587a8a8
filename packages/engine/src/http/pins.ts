/** What stands in contexts, over HTTP. */
import type { Clock } from '@vivim/contract/clock';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

export const pinHandlers = ({ space, clock }: { space: UserSpace; clock: Clock }) =>
  ({
    listPins: ({ query }) => space.read((r) => r.pins.page(query)),
    createPin: ({ body, verb }) => space.apply(verb, 201, (w) => w.pins.make(body, clock())),
    deletePin: ({ params, verb }) => space.apply(verb, 200, (w) => w.pins.takeBack(params.id)),
  }) satisfies Handlers<'listPins' | 'createPin' | 'deletePin'>;
