/**
 * Erases inside a space, at its owner's word. Nothing is touched before the gateway has a note of it on disk; from then on it
 * is a fact: a process that dies here, or an older copy of the space that comes back, is brought up to the note when the space
 * is opened.
 *
 * plan → note on disk → one transaction → log emptied
 */
import { type Clock, isoTime } from '@vivim/contract/clock';
import type { ErasureId, ErasureKind, ErasureNote, ErasureReceipt, Remainder } from '@vivim/contract/erasure';
import { AppError } from '@vivim/contract/errors';
import { uuidv7 } from '@vivim/contract/random';
import type { MarkKind } from '../space/marks.ts';
import type { ReceiptFigures } from '../space/stores/erasures.ts';
import type { SpaceReader, SpaceWriter } from '../space/transactors.ts';
import type { UserSpace, Verb } from '../space/user-space.ts';
import { applyErasure } from './apply.ts';
import { type ErasePlan, type EraseWish, planErasure } from './plan.ts';

/** What the gateway answers once a note is on disk. */
export interface Noted {
  /** Backups of this space that were made before. */
  readonly backups: number;
  /** When the last of them goes, ms UTC; null where nobody set a time. */
  readonly backupsUntil: number | null;
}

/** Bring a note to where no backup of the space reaches. @throws AppError when it is not on disk; nothing is erased then */
export type NoteErasure = (note: ErasureNote) => Promise<Noted>;

export interface EraserDeps {
  readonly space: UserSpace;
  readonly clock: Clock;
  readonly note: NoteErasure;
  /** Called after rows went: what is held in memory of them goes too, and what is left is worked on. */
  readonly onErased: () => void;
}

/** Kinds whose mark is made of their id alone. */
const markOfId = {
  conversation: 'conversation',
  message: 'message',
  topic: 'topic',
  entity: 'entity',
  import: 'run',
  memory: 'memory',
} as const satisfies Partial<Record<ErasureKind, MarkKind>>;

export class Eraser {
  readonly #deps: EraserDeps;

  constructor(deps: EraserDeps) {
    this.#deps = deps;
  }

  /** What would go. @throws AppError `not_found`, `space_busy` */
  preview(wish: EraseWish): ErasureReceipt {
    const { space, clock } = this.#deps;
    return space.rehearse((w) => {
      const plan = planErasure(w, wish);
      const { conversations } = plan;
      const removed = applyErasure(w, this.#noteOf(wish, plan), {
        conversations,
        nowMs: clock(),
        rewriteWords: false,
      });
      const { sameWordsElsewhere } = plan;
      const remaining = [...messagesOf(plan), ...uploadsIn(w)];
      const figures = { removed, sameWordsElsewhere, remaining, backupsExpireBy: null };
      return { id: null, kind: wish.kind, items: wish.ids.length, erasedAt: null, ...figures, allowedAt: null };
    });
  }

  /**
   * Erase. What was erased before is answered with its receipt.
   * @throws AppError `not_found`, `space_busy`; `engine_unavailable` where the note could not be kept
   */
  async erase(wish: EraseWish, verb: Verb): Promise<ErasureReceipt> {
    const { space, clock, note: bring } = this.#deps;
    const before = space.read((r) => erasedBefore(r, wish));
    if (before !== null) return before;
    const plan = space.rehearse((w) => planErasure(w, wish));
    const note = this.#noteOf(wish, plan);
    const noted = await bring(note);
    const { conversations, sameWordsElsewhere } = plan;
    let figures: ReceiptFigures | undefined;
    const receipt = space.apply<ErasureReceipt>(verb, 200, (w) => {
      const removed = applyErasure(w, note, { conversations, nowMs: clock(), rewriteWords: true });
      const remaining = [...messagesOf(plan), ...backupsIn(noted), ...uploadsIn(w)];
      figures = { removed, sameWordsElsewhere, remaining, backupsExpireBy: isoTime(noted.backupsUntil) };
      return w.erasures.record(note, figures);
    });
    const emptied = space.emptyLog();
    this.#deps.onErased();
    if (emptied || figures === undefined || receipt.id === null) return receipt;
    const told = { ...figures, remaining: [...figures.remaining, heldLog] };
    space.write((w) => w.erasures.setFigures(note.id, told));
    return { ...receipt, ...told };
  }

  /** Let what an erasure took come in again. What is gone stays gone until it is imported. @throws AppError `not_found` */
  async allow(id: ErasureId, verb: Verb): Promise<ErasureReceipt> {
    const { space, clock, note: bring } = this.#deps;
    const found = space.read((r) => r.erasures.find(id));
    if (found === null) throw new AppError('not_found');
    const at = clock();
    await bring({ id: uuidv7(at) as ErasureId, kind: found.kind, at, items: 0, marks: [], allows: id });
    const receipt = space.apply<ErasureReceipt>(verb, 200, (w) => {
      letIn(w, id, at);
      const now = w.erasures.find(id);
      if (now === null) throw new AppError('not_found');
      return now;
    });
    this.#deps.onErased();
    return receipt;
  }

  /** Bring an older copy of the space up to the book. Before anything is served. @returns how many notes it had not seen */
  replay(notes: readonly ErasureNote[]): number {
    const { space, clock } = this.#deps;
    let replayed = 0;
    for (const note of notes) {
      const { known, allowed } = space.read((r) => ({
        known: r.erasures.find(note.id) !== null,
        allowed: note.allows === null ? null : r.erasures.find(note.allows),
      }));
      if (note.allows !== null) {
        if (allowed !== null && allowed.allowedAt === null)
          space.write((w) => letIn(w, note.allows as ErasureId, note.at));
        continue;
      }
      if (known) continue;
      space.write((w) => {
        const removed = applyErasure(w, note, { conversations: null, nowMs: clock(), rewriteWords: true });
        w.erasures.record(note, { removed, sameWordsElsewhere: 0, remaining: [], backupsExpireBy: null });
      });
      replayed += 1;
    }
    if (replayed > 0) space.emptyLog();
    return replayed;
  }

  #noteOf({ kind, ids }: EraseWish, { marks }: ErasePlan): ErasureNote {
    const at = this.#deps.clock();
    return { id: uuidv7(at) as ErasureId, kind, at, items: new Set(ids).size, marks: [...marks], allows: null };
  }
}

/** The receipt of the erasure that took all of it, where one did: a verb that comes again is answered as before. */
function erasedBefore(r: SpaceReader, { kind, ids }: EraseWish): ErasureReceipt | null {
  if (kind === 'acu' || kind === 'secret') return null;
  const receipts = ids.map((id) => r.erasures.receiptFor(markOfId[kind], id));
  const [first] = receipts;
  return first !== undefined && first !== null && receipts.every((each) => each?.id === first.id) ? first : null;
}

function letIn(w: SpaceWriter, id: ErasureId, nowMs: number): void {
  w.erasures.allow(id, nowMs);
  w.rawRecords.forgetRewritten();
  // A topic or an entity comes back from conversations that are here.
  const pks = w.eraseRows.ids('conversation').map(({ pk }) => pk);
  w.outbox.put('rollup', pks, nowMs);
  w.outbox.put('memories', pks, nowMs);
}

const messagesOf = ({ messages }: ErasePlan): Remainder[] =>
  messages === 0
    ? []
    : [
        {
          where: 'messages',
          until: null,
          detail: `${messages === 1 ? 'One message it was read from stays' : `${messages} messages it was read from stay`} in your conversations. Erase ${messages === 1 ? 'it' : 'them'} too where ${messages === 1 ? 'it is' : 'they are'} to go.`,
        },
      ];

const backupsIn = ({ backups, backupsUntil }: Noted): Remainder[] =>
  backups === 0
    ? []
    : [
        {
          where: 'backups',
          until: isoTime(backupsUntil),
          detail: `${backups === 1 ? 'One backup of your space, made before, holds' : `${backups} backups of your space, made before, hold`} it under your key. Restored, it is erased again before anything is served.`,
        },
      ];

const uploadsIn = (w: SpaceWriter): Remainder[] =>
  w.imports.countActive() === 0
    ? []
    : [
        {
          where: 'uploads',
          until: null,
          detail: 'An import is under way. Its uploaded file lies encrypted on the server until the import ends.',
        },
      ];

const heldLog: Remainder = {
  where: 'log',
  until: null,
  detail:
    'A copy of your space is being made and reads an earlier state. The log of the database is emptied when your space next rests.',
};
