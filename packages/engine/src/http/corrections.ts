/** Putting right what was found, over HTTP. */
import type { Clock } from '@vivim/contract/clock';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

export interface CorrectionHandlerDeps {
  readonly space: UserSpace;
  readonly clock: Clock;
  /** Say that there is work. */
  readonly wake: () => void;
}

export const correctionHandlers = ({ space, clock, wake }: CorrectionHandlerDeps) =>
  ({
    correctTopic: ({ params, body, verb }) => {
      const made = space.apply(verb, 201, (w) => w.corrections.make('topic', params.id, body, verb.id, clock()));
      wake();
      return made;
    },
    correctEntity: ({ params, body, verb }) => {
      const made = space.apply(verb, 201, (w) => w.corrections.make('entity', params.id, body, verb.id, clock()));
      wake();
      return made;
    },
    listCorrections: ({ query }) => space.read((r) => r.corrections.page(query)),
    undoCorrection: ({ params, verb }) => {
      const undone = space.apply(verb, 200, (w) => w.corrections.undo(params.id, clock()));
      wake();
      return undone;
    },
  }) satisfies Handlers<'correctTopic' | 'correctEntity' | 'listCorrections' | 'undoCorrection'>;
