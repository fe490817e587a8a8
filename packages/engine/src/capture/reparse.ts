/**
 * Reads conversations anew from the records that were kept, when their source is read better than before, or somebody wishes it:
 * background work, one conversation at a time. What stays the same keeps its rows, and with them units, notes and citations; what
 * was erased or masked is in no record and does not come back.
 */
import type { Clock } from '@vivim/contract/clock';
import type { Source } from '@vivim/contract/conversation';
import type { BackgroundTask } from '../background.ts';
import type { ConversationHead } from '../space/stores/parser-versions.ts';
import type { SpaceReader, SpaceWriter } from '../space/transactors.ts';
import type { UserSpace } from '../space/user-space.ts';
import { follow, placed, putArtifacts, putUnits } from './import-writer.ts';
import { sourceFromNowOn } from './known-before.ts';
import { rebuilt } from './prepare-record.ts';
import { parserVersionOf, sourceModules } from './sources/registry.ts';

export interface ReparseDeps {
  readonly space: UserSpace;
  readonly clock: Clock;
  /** Told of a conversation that could not be read; the others go on without it. */
  readonly onUnreadable: (error: unknown) => void;
}

export class ReparseTask implements BackgroundTask {
  readonly name = 'reparse';
  readonly #deps: ReparseDeps;

  constructor(deps: ReparseDeps) {
    this.#deps = deps;
  }

  /** Queue what an older reader read. Call it once, when the space is opened. */
  recover(): void {
    const { space, clock } = this.#deps;
    const better = sourceModules.filter(({ source }) => parserVersionOf(source) > 1);
    if (better.length === 0) return;
    space.write((w) => {
      for (const { source } of better)
        w.outbox.put('reparse', w.parserVersions.behind(source, parserVersionOf(source)), clock());
    });
  }

  pending(): number {
    return this.#deps.space.read((r) => r.outbox.count('reparse'));
  }

  async step(): Promise<void> {
    const { space, clock, onUnreadable } = this.#deps;
    const [next] = space.read((r) => r.outbox.take('reparse', 1));
    if (next === undefined) return;
    const { conversationPk: pk, attempts } = next;
    try {
      const { epoch, made } = space.read((r) => ({ epoch: r.erasures.epoch(), made: readAnew(r, pk) }));
      space.write((w) => {
        // What was read may hold what was erased meanwhile: it stays queued and is read again.
        if (w.erasures.epoch() !== epoch) return;
        if (made !== null) putAnew(w, pk, made, clock());
        w.outbox.done('reparse', [pk]);
      });
    } catch (error) {
      onUnreadable(error);
      space.write((w) => w.outbox.failed('reparse', pk, attempts));
    }
  }
}

interface ReadAnew {
  readonly head: ConversationHead;
  /** By which it is read now. */
  readonly source: Source;
  /** Null where no record of it was kept. */
  readonly record: ReturnType<typeof rebuilt>;
}

function readAnew(r: SpaceReader, pk: number): ReadAnew | null {
  const head = r.parserVersions.head(pk);
  const stored = head === null ? null : r.conversations.stored(head.id);
  if (head === null || stored === null) return null;
  const source = sourceFromNowOn(r, head.id, stored);
  return { head, source, record: rebuilt(r, stored, head.id, source) };
}

function putAnew(w: SpaceWriter, pk: number, { head, source, record }: ReadAnew, nowMs: number): void {
  w.parserVersions.set(pk, parserVersionOf(source));
  if (record !== null) w.rawRecords.handOver(head.id, head.source, source);
  const put = record === null ? null : w.conversations.reread(record.input);
  if (record === null || put === null) return;
  putUnits(w, put, record.units);
  w.secrets.put(put.messagePks, placed(put, record.secrets));
  putArtifacts(w, put, record);
  follow(w, [{ ...put, id: head.id, source }], nowMs);
}
