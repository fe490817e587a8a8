/**
 * Looks for memories in what came in: background work, a few conversations at a time, cost by what is new. What an older version of
 * the rules looked through is looked through again. Nothing of it is on the way of a request.
 */
import type { Clock } from '@vivim/contract/clock';
import { type BackgroundTask, withBreaks } from '../../background.ts';
import { type FoundMemory, foundId } from '../../space/stores/memory-findings.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { aboutOf, findMemories } from './find-memories.ts';
import { rulesVersion } from './rules/rule-books.ts';

/** Characters read before what was found is written. */
const stepSize = 200_000;
/** Conversations taken at a time. */
const batch = 32;

export interface MemoryFinderDeps {
  readonly space: UserSpace;
  readonly clock: Clock;
  /** Told of a conversation that could not be read; the others go on without it. */
  readonly onUnreadable: (error: unknown) => void;
}

export class MemoryFinder implements BackgroundTask {
  readonly name = 'memories';
  readonly #deps: MemoryFinderDeps;

  constructor(deps: MemoryFinderDeps) {
    this.#deps = deps;
  }

  /** Queue what an older version of the rules looked through. Call it once, when the space is opened. */
  recover(): void {
    const { space, clock } = this.#deps;
    const behind = space.read((r) => r.memoryFindings.behind(rulesVersion));
    if (behind.length > 0) space.write((w) => w.outbox.put('memories', behind, clock()));
  }

  pending(): number {
    return this.#deps.space.read(
      (r) => r.outbox.count('memories') + r.memoryFindings.unread(rulesVersion, batch).length,
    );
  }

  async step(signal: AbortSignal): Promise<void> {
    const { space, clock, onUnreadable } = this.#deps;
    const waiting = space.read((r) => r.outbox.take('memories', batch));
    if (waiting.length === 0) return this.#readThose();
    const read: { pk: number; version: string; found: readonly FoundMemory[] }[] = [];
    let size = 0;
    for (const { conversationPk: pk, attempts } of waiting) {
      if (signal.aborted || size > stepSize) break;
      const { version, units } = space.read((r) => ({
        version: r.acus.rollupVersion(pk),
        units: r.memoryFindings.said(pk),
      }));
      size += units.reduce((sum, { start, end }) => sum + end - start, 500);
      try {
        const found = await withBreaks(findMemories(units), signal);
        if (found === null) return;
        read.push({ pk, version, found });
      } catch (error) {
        onUnreadable(error);
        space.write((w) => w.outbox.failed('memories', pk, attempts));
      }
    }
    if (read.length === 0) return;
    space.write((w) => {
      const marks = w.erasures.marks();
      const forgets = marks.any('memory');
      for (const { pk, version, found } of read) {
        // It may have changed since it was read: it stays queued and is read again.
        if (w.acus.rollupVersion(pk) !== version) continue;
        const left = forgets ? found.filter((one) => !marks.has('memory', foundId(one))) : found;
        w.memoryFindings.replaceForConversation(pk, left, rulesVersion, clock());
        w.outbox.done('memories', [pk]);
        w.modelFindings.queue([pk], clock());
      }
      if (w.outbox.count('memories') === 0) w.memoryFindings.sweep();
    });
  }

  /** Imported and stated memories, for what they say something of. */
  #readThose(): void {
    const { space } = this.#deps;
    const read = space.read((r) =>
      r.memoryFindings.unread(rulesVersion, batch).map(({ pk, text }) => ({ pk, about: aboutOf(text) })),
    );
    space.write((w) => {
      for (const { pk, about } of read) w.memoryFindings.setAbout(pk, about, rulesVersion);
    });
  }
}
