/**
 * What somebody looked for lately, in this browser alone: never sent anywhere, gone when their session ends. Each person of a browser has
 * their own list.
 */
const prefix = 'vivim:recent-searches:';
const most = 8;

/** Newest first. A browser that stores nothing has none. */
export function recentSearches(userId: string): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(prefix + userId) ?? '[]');
    return Array.isArray(stored) ? stored.filter((one) => typeof one === 'string').slice(0, most) : [];
  } catch {
    return [];
  }
}

/** Puts it first; what it was typed on the way to ("fer", "ferry") goes. */
export function rememberSearch(userId: string, words: string): void {
  const kept = recentSearches(userId).filter(
    (one) => one.toLowerCase() !== words.toLowerCase() && !words.toLowerCase().startsWith(one.toLowerCase()),
  );
  try {
    localStorage.setItem(prefix + userId, JSON.stringify([words, ...kept].slice(0, most)));
  } catch {
    // No room, or not allowed to: nothing is lost but convenience.
  }
}

/** @param userId of one person; everybody's where it is left out */
export function forgetSearches(userId?: string): void {
  try {
    for (const key of Object.keys(localStorage))
      if (userId === undefined ? key.startsWith(prefix) : key === prefix + userId) localStorage.removeItem(key);
  } catch {
    // What cannot be read cannot hold anything.
  }
}
