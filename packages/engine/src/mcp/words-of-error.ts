/** An error as a model reads it: what was wrong, and what to do now. Nothing of an error nobody expected leaves the engine. */
import { AppError, type ErrorCode, errorTitles } from '@vivim/contract/errors';

const advice: Partial<Record<ErrorCode, string>> = {
  not_found: 'Take ids from search, list_topics, get_profile or a citation; do not make them up.',
  cursor_invalid: 'Ask again without a cursor: lists begin anew.',
  query_invalid: 'Ask with at least one word that means something.',
  budget_too_small: 'Raise the budget, or shorten the message.',
  request_too_large: 'Send less: split it into parts with keys of their own.',
  space_busy: 'Wait a moment and call again.',
  models_unavailable: 'Call again later; search by words works meanwhile.',
  rate_limited: 'Wait before calling again.',
  internal: 'Call again once; if it fails again, tell the user.',
};

/** What was asked for by a name, and not by an id. */
const unnamed = 'Nothing known is called so. Look with list_topics and a part of the name, or search for it.';

/** `code (field): what was wrong. What to do.` */
export function wordsOfError(error: unknown): string {
  const known = error instanceof AppError ? error : new AppError('internal');
  const where = known.field === undefined ? '' : ` (${known.field})`;
  if (known.code === 'not_found' && known.field === 'name') return `${known.code}${where}: ${unnamed}`;
  const wrong = known.code === 'not_found' ? errorTitles.not_found : known.message;
  const next = advice[known.code];
  return `${known.code}${where}: ${wrong}${next === undefined ? '' : ` ${next}`}`;
}

/** For whoever still listens to what they took back. */
export const takenBack = 'cancelled: This was taken back, and went no further.';
