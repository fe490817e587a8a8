/** Pages that are there for who is not signed in: other ways to come in, and what was left of who has gone. */
const guestPages = /^\/(join|recover|unlock|docs|erased\/[^/]+)\/?$/;

export const isGuestPage = (path: string): boolean => guestPages.test(path);
