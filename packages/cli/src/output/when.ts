/** Times and places of an account's life, for a person. Pure. */

/** `2026-01-31 09:05 UTC`, or a dash where there is none. */
export const moment = (iso: string | null): string =>
  iso === null ? '—' : `${iso.slice(0, 16).replace('T', ' ')} UTC`;

/** The first characters of an id or key: enough to tell two apart by eye. */
export const brief = (id: string): string => id.slice(0, 8);
