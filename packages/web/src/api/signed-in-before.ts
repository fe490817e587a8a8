/**
 * Whether somebody was signed in here when a page was last open: a mark and nothing else, so that pages ask for what they show
 * beside the question who is there, and not after it. Proves nothing; the server says who is signed in.
 */
const mark = 'vivim:signed-in';

/** A browser that stores nothing has no mark, and its pages ask one thing after the other. */
export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(mark) !== null;
  } catch {
    return false;
  }
}

export function noteSignedIn(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(mark, 'yes');
    else localStorage.removeItem(mark);
  } catch {
    // Nothing is stored here.
  }
}
