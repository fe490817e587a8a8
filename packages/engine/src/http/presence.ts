/** What a person is doing now, and what is likely asked next. */
import type { Prediction } from '@vivim/contract/presence';
import type { Foresight } from '../context/foresight/foresight.ts';
import type { SubjectKey } from '../context/foresight/predict.ts';
import type { Presences } from '../context/foresight/presences.ts';
import type { SpaceReader } from '../space/transactors.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

interface PresenceDeps {
  readonly space: UserSpace;
  readonly presences: Presences;
  readonly foresight: Foresight;
  readonly isReady: (subject: SubjectKey) => boolean;
}

export const presenceHandlers = ({ space, presences, foresight, isReady }: PresenceDeps) =>
  ({
    putPresence: ({ body, asker }) => {
      presences.say(body, asker.sessionId);
      // Predicted anew when this request is over: nobody waits then.
      foresight.stale();
      return undefined;
    },
    getForesight: () =>
      space.read((r) => ({
        pages: presences.now().length,
        predicted: foresight.predicted.flatMap((each): Prediction[] => {
          const label = labelOf(r, each);
          return label === null
            ? []
            : [{ ...each, id: each.id as Prediction['id'], why: [...each.why], label, ready: isReady(each) }];
        }),
        tally: r.foresightTally.read(),
      })),
  }) satisfies Handlers<'putPresence' | 'getForesight'>;

/** Null for what is gone since it was predicted. */
function labelOf(r: SpaceReader, { kind, id }: SubjectKey): string | null {
  const { material } = r.bundles;
  if (kind !== 'conversation') return material.subject(kind, id)?.name ?? null;
  const head = material.conversation(id);
  return head === null ? null : (head.title ?? '');
}
