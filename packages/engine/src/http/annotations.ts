/** What a person hangs on their conversations and messages, over HTTP; notes are told to nobody but them. */
import type { Clock } from '@vivim/contract/clock';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';
import { isApplication } from './told-to-ai.ts';

export const annotationHandlers = ({ space, clock }: { space: UserSpace; clock: Clock }) =>
  ({
    listAnnotations: ({ query, asker }) =>
      space.read((r) => r.annotations.page({ ...query, withoutNotes: isApplication(asker) })),
    annotate: ({ body, verb, asker }) => {
      const result = space.apply(verb, 200, (w) => w.annotations.take(body.steps, clock()));
      // What takes a note back says what it was.
      return isApplication(asker) ? { ...result, undo: result.undo.filter(({ kind }) => kind !== 'note') } : result;
    },
  }) satisfies Handlers<'listAnnotations' | 'annotate'>;
