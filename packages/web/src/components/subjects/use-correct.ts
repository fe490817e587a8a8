/** Puts a topic or an entity right at once, and offers the way back. */
import { useQueryClient } from '@tanstack/react-query';
import type { EntityCorrection, TopicCorrection } from '@vivim/contract/correction';
import type { EntityId, TopicId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { api } from '../../api/client.ts';
import { strings } from '../../strings.ts';
import { undoable } from '../kit/toast-queue.ts';

const words = strings.subjects.done;

export type SubjectKind = 'topic' | 'entity';
export interface Subject {
  readonly kind: SubjectKind;
  readonly id: string;
  readonly name: string;
}
export type SubjectCorrection = TopicCorrection | EntityCorrection;

const make = ({ kind, id }: Subject, body: SubjectCorrection) =>
  kind === 'topic'
    ? api.correctTopic({ params: { id: id as TopicId }, body: body as TopicCorrection, idempotencyKey: uuidv7() })
    : api.correctEntity({ params: { id: id as EntityId }, body: body as EntityCorrection, idempotencyKey: uuidv7() });

type Correct = (subject: Subject, body: SubjectCorrection, say: string) => Promise<boolean>;

/** Pins it, or lets it go again. */
export const turnPin = (correct: Correct, subject: Subject, pinned: boolean): Promise<boolean> =>
  correct(
    subject,
    { action: 'pin', pinned: !pinned },
    pinned ? words.unpinned(subject.name) : words.pinned(subject.name),
  );

/** @returns corrects; resolves with whether it was done */
export function useCorrect(): Correct {
  const client = useQueryClient();
  return (subject, body, say) => {
    let undo: (() => Promise<unknown>) | null = null;
    const act = async () => {
      const { id } = await make(subject, body);
      undo = async () => {
        await api.undoCorrection({ params: { id } });
        await client.invalidateQueries();
      };
      await client.invalidateQueries();
    };
    return undoable(act, { say, undo: async () => undo?.() });
  };
}
