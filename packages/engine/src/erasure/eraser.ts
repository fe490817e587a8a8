/**
 * Erases inside a space, at its owner's word. Nothing is touched before the gateway has a note of it on disk; from then on it
 * is a fact: a process that dies here, or an older copy of the space that comes back, is brought up to the note when the space
 * is opened.
 *
 * plan → note on disk → one transaction → log emptied
 *
 * What is too large for one transaction is taken out of everybody's sight in it, and goes piece by piece; see `erasing-task.ts`.
 */
import { type Clock, isoTime } from '@vivim/contract/clock';
import type { ErasureId, ErasureKind, ErasureNote, ErasureReceipt, Remainder } from '@vivim/contract/erasure';
import { AppError } from '@vivim/contract/errors';
import type { ConversationId, MessageId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import type { MarkKind } from '../space/marks.ts';
import type { ReceiptFigures } from '../space/stores/erasures.ts';
import type { SpaceReader, SpaceWriter } from '../space/transactors.ts';
import type { UserSpace, Verb } from '../space/user-space.ts';
import { applyErasure, type Later, marked } from './apply.ts';
import { type ErasePlan, type EraseWish, planErasure } from './plan.ts';
import { countedInSlices, planImports } from './plan-import.ts';

/** What the gateway answers once a note is on disk. */
export interface Noted {
  /** Backups of this space that were made before. */
  readonly backups: number;
  /** When the last of them goes, ms UTC; null where nobody set a time. */
  readonly backupsUntil: number | null;
}

/** Bring a note to where no backup of the space reaches. @throws AppError when it is not on disk; nothing is erased then */
export type NoteErasure = (note: ErasureNote) => Promise<Noted>;

/** More conversations than these go piece by piece. */
const mostAtOnce = 100;
/** Conversations looked at before the event loop has a turn. */
const usualSlice = 1_000;

export interface EraserDeps {
  readonly space: UserSpace;
  readonly clock: Clock;
  readonly note: NoteErasure;
  /** Called after rows went: what is held in memory of them goes too, and what is left is worked on. */
  readonly onErased: () => void;
  /** Conversations looked at before the event loop has a turn, where it is not as usual. */
  readonly slice?: number;
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
  async preview(wish: EraseWish): Promise<ErasureReceipt> {
    const { space, clock } = this.#deps;
    this.#assertShown(wish);
    const plan = await this.#plan(wish);
    const later = await this.#later(plan);
    const note = this.#noteOf(wish, plan);
    return space.rehearse((w) => {
      const { conversations, sameWordsElsewhere } = plan;
      const removed = applyErasure(w, note, { conversations, nowMs: clock(), rewriteWords: false, later });
      const remaining = [...messagesOf(plan), ...uploadsIn(w)];
      const figures = { removed, sameWordsElsewhere, remaining, backupsExpireBy: null };
      return {
        id: null,
        kind: wish.kind,
        items: wish.ids.length,
        erasedAt: null,
        ...figures,
        allowedAt: null,
        left: 0,
      };
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
    this.#assertShown(wish);
    const plan = await this.#plan(wish);
    const later = await this.#later(plan);
    const note = this.#noteOf(wish, plan);
    const noted = await bring(note);
    const { conversations, sameWordsElsewhere } = plan;
    let figures: ReceiptFigures | undefined;
    const receipt = space.apply<ErasureReceipt>(verb, 200, (w) => {
      const rewriteWords = later === undefined;
      const removed = applyErasure(w, note, { conversations, nowMs: clock(), rewriteWords, later });
      const remaining = [...messagesOf(plan), ...backupsIn(noted), ...uploadsIn(w)];
      figures = { removed, sameWordsElsewhere, remaining, backupsExpireBy: isoTime(noted.backupsUntil) };
      return recorded(w, note, figures, later);
    });
    if (receipt.left > 0) {
      this.#deps.onErased();
      return receipt;
    }
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
    if (found.left > 0) throw new AppError('space_busy', 'This erasure is under way. Let it in again once it is over.');
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
        const later = laterOf(w, note);
        const rewriteWords = later === undefined;
        const removed = applyErasure(w, note, { conversations: null, nowMs: clock(), rewriteWords, later });
        recorded(w, note, { removed, sameWordsElsewhere: 0, remaining: [], backupsExpireBy: null }, later);
      });
      replayed += 1;
    }
    if (replayed > 0) space.emptyLog();
    return replayed;
  }

  /** What waits to go is not there for its owner. @throws AppError `not_found` */
  #assertShown({ kind, ids }: EraseWish): void {
    const { space } = this.#deps;
    if (!space.hides || (kind !== 'conversation' && kind !== 'message')) return;
    const shown = space.read((r) =>
      ids.every((id) =>
        kind === 'message'
          ? r.conversations.message(id as MessageId) !== null
          : r.conversations.stored(id as ConversationId) !== null,
      ),
    );
    if (!shown) throw new AppError('not_found');
  }

  async #plan({ kind, ...wish }: EraseWish): Promise<ErasePlan> {
    const { space, slice = usualSlice } = this.#deps;
    if (kind === 'import') return planImports(space, wish.ids, slice);
    return space.rehearse((w) => planErasure(w, { kind, ...wish }));
  }

  /** The conversations of a plan where they are more than one transaction should take. */
  async #later({ going }: ErasePlan): Promise<Later | undefined> {
    const { space, slice = usualSlice } = this.#deps;
    if (going.length <= mostAtOnce) return undefined;
    return { pks: going, counted: await countedInSlices(space, going, slice) };
  }

  #noteOf({ kind, ids }: EraseWish, { marks }: ErasePlan): ErasureNote {
    const at = this.#deps.clock();
    return { id: uuidv7(at) as ErasureId, kind, at, items: new Set(ids).size, marks: [...marks], allows: null };
  }
}

/** The conversations of a note of the book where they are more than one transaction should take. */
function laterOf(w: SpaceWriter, note: ErasureNote): Later | undefined {
  // Of each kind that names units and names in what stays, the rest has to be done at once.
  if (note.kind !== 'import' && note.kind !== 'conversation') return undefined;
  const pks = marked(w, w.erasures.marksOf(note)).map(({ pk }) => pk);
  if (pks.length <= mostAtOnce) return undefined;
  return { pks, counted: { ...w.erasing.countedShared(pks), ...w.erasing.countedOwn(pks) } };
}

function recorded(
  w: SpaceWriter,
  note: ErasureNote,
  figures: ReceiptFigures,
  later: Later | undefined,
): ErasureReceipt {
  const receipt = w.erasures.record(note, figures);
  if (later === undefined) return receipt;
  w.erasing.hide(note.id, later.pks);
  return { ...receipt, left: later.pks.length + 1 };
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

export const heldLog: Remainder = {
  where: 'log',
  until: null,
  detail:
    'A copy of your space is being made and reads an earlier state. The log of the database is emptied when your space next rests.',
};
