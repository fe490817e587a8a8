/**
 * What just happened, said once, with the way back where there is one. The one queue of the application: kit/toasts.tsx
 * shows it. Holds words alone, and forgets them as they leave the screen.
 */
import { AppError } from '@vivim/contract/errors';
import { strings } from '../../strings.ts';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'bad';
  /** Takes it back; there while it can be. */
  readonly undo: (() => Promise<unknown>) | null;
}

/** More at once are not read. */
const shownAtMost = 3;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

export const currentToasts = (): readonly Toast[] => toasts;

export function onToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const dismissToast = (id: number): void => set(toasts.filter((toast) => toast.id !== id));

/** What was said to one person is not said to the next. */
export const forgetToasts = (): void => set([]);

function add(text: string, options: Partial<Pick<Toast, 'tone' | 'undo'>> = {}): void {
  lastId += 1;
  set([...toasts, { id: lastId, text, tone: 'plain' as const, undo: null, ...options }].slice(-shownAtMost));
}

/** Says something that needs no answer. */
export const say = (text: string): void => add(text);

/** Says what did not work, as far as it is known why. */
export function sayProblem(error: unknown): void {
  const why =
    error instanceof AppError
      ? strings.errors[error.code]
      : error instanceof TypeError
        ? strings.problem.offlineTitle
        : strings.problem.heading;
  add(strings.kit.failed(why), { tone: 'bad' });
}

interface Undoable {
  /** What was done, in the past tense: "Archived.". */
  say: string;
  /** Takes it back; must leave everything as it was before. */
  undo: () => Promise<unknown>;
}

/**
 * Does something at once and offers the way back instead of asking first.
 *
 * @param action must have happened on the server when it resolves
 * @returns whether it was done; where it was not, that has been said
 */
export async function undoable(action: () => Promise<unknown>, { say: text, undo }: Undoable): Promise<boolean> {
  try {
    await action();
  } catch (error) {
    sayProblem(error);
    return false;
  }
  add(text, { undo });
  return true;
}

/** Takes back what a toast offers to, once. */
export async function takeBack({ id, undo }: Toast): Promise<void> {
  if (undo === null || !toasts.some((toast) => toast.id === id)) return;
  dismissToast(id);
  try {
    await undo();
    add(strings.kit.undone);
  } catch (error) {
    sayProblem(error);
  }
}

/** Takes back the last thing that can be. @returns whether there was one */
export function takeBackLast(): boolean {
  const last = toasts.findLast(({ undo }) => undo !== null);
  if (last !== undefined) void takeBack(last);
  return last !== undefined;
}
