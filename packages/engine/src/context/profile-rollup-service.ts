/**
 * Keeps topic and entity profiles up to date with what comes in: a background task over the outbox. Each step takes a
 * few conversations, observes each alone between transactions, and writes what changed in one. The cost is that of the
 * conversations touched, whatever the size of the history; rolling up again changes nothing.
 */
import { type BackgroundTask, withBreaks } from '../background.ts';
import type { UserSpace } from '../space/user-space.ts';
import { type ConversationObservation, observeConversation } from './profiles/observe-conversation.ts';

/** Characters of a step, after which what was observed is written. */
const stepSize = 120_000;
/** Conversations taken at a time. */
const batch = 16;

export class ProfileRollupService implements BackgroundTask {
  readonly name = 'rollup';
  readonly #space: UserSpace;
  readonly #onUnreadable: (error: unknown) => void;

  /** @param onUnreadable told of a conversation that could not be observed; the others go on without it */
  constructor(space: UserSpace, onUnreadable: (error: unknown) => void) {
    this.#space = space;
    this.#onUnreadable = onUnreadable;
  }

  pending(): number {
    return this.#space.read((r) => r.outbox.count('rollup'));
  }

  async step(signal: AbortSignal): Promise<void> {
    const waiting = this.#space.read((r) => r.outbox.take('rollup', batch));
    const observed: { pk: number; version: string; observation: ConversationObservation }[] = [];
    let read = 0;
    for (const { conversationPk, attempts } of waiting) {
      if (signal.aborted || read > stepSize) break;
      const source = this.#space.read((r) => r.acus.forRollup(conversationPk));
      read += source.units.reduce((sum, unit) => sum + unit.text.length, 1000);
      try {
        const observation = await withBreaks(observeConversation(source.title, source.units), signal);
        if (observation === null) return;
        observed.push({ pk: conversationPk, version: source.version, observation });
      } catch (error) {
        this.#onUnreadable(error);
        this.#space.write((w) => w.outbox.failed('rollup', conversationPk, attempts));
      }
    }
    if (observed.length === 0) return;
    this.#space.write((w) => {
      for (const { pk, version, observation } of observed) {
        // An import may have changed the conversation since it was read; it stays queued and is read again.
        if (w.acus.rollupVersion(pk) !== version) continue;
        w.topics.replaceForConversation(pk, observation.topics);
        w.entities.replaceForConversation(pk, observation.entities);
        w.outbox.done('rollup', [pk]);
      }
    });
  }
}
