/** What a person hangs on their conversations and messages, over HTTP. */
import type { Clock } from '@vivim/contract/clock';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

export const annotationHandlers = ({ space, clock }: { space: UserSpace; clock: Clock }) =>
  ({
    listAnnotations: ({ query }) => space.read((r) => r.annotations.page(query)),
    annotate: ({ body, verb }) => space.apply(verb, 200, (w) => w.annotations.take(body.steps, clock())),
  }) satisfies Handlers<'listAnnotations' | 'annotate'>;
