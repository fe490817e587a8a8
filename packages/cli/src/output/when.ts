/** Times and places of an account's life, for a person. Pure. */

/** `2026-01-31 09:05 UTC`, or a dash where there is none. */
export const moment = (iso: string | null): string =>
  iso === null ? '—' : `${iso.slice(0, 16).replace('T', ' ')} UTC`;

/** A few characters of an id or key: enough to tell two apart by eye. The first ones of an id are its time. */
export const brief = (id: string): string => (/^[0-9a-f]{8}-/.test(id) ? id.slice(-8) : id.slice(0, 8));
