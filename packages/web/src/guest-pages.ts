/** Pages that are there for who is not signed in: other ways to come in. */
const guestPages: ReadonlySet<string> = new Set(['/join', '/recover', '/unlock']);

export const isGuestPage = (path: string): boolean => guestPages.has(path);
