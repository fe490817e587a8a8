/**
 * Whether somebody was signed in here when a page was last open, and whether they were told then of a missing second way in: a mark
 * and nothing else, so that pages ask for what they show beside the question who is there, and stand where they will stand. Proves
 * nothing; the server says who is signed in.
 */
const mark = 'vivim:signed-in';

export interface Before {
  readonly signedIn: boolean;
  /** Whether the account had a second way in. */
  readonly safe: boolean;
}

/** A browser that stores nothing has no mark, and its pages ask one thing after the other. */
export function before(): Before {
  try {
    const said = localStorage.getItem(mark);
    return { signedIn: said !== null, safe: said !== 'unsafe' };
  } catch {
    return { signedIn: false, safe: true };
  }
}

export function noteForNext({ signedIn, safe }: Before): void {
  try {
    if (signedIn) localStorage.setItem(mark, safe ? 'safe' : 'unsafe');
    else localStorage.removeItem(mark);
  } catch {
    // Nothing is stored here.
  }
}
