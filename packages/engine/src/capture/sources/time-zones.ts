/** What a written time says of its zone, as programs write it for people, and the moment it then is. Pure. */

/** Hours from UTC of the abbreviations that mean one zone to nearly everybody. */
const zones: ReadonlyMap<string, number> = new Map([
  ['UTC', 0],
  ['GMT', 0],
  ['Z', 0],
  ['WET', 0],
  ['WEST', 1],
  ['BST', 1],
  ['CET', 1],
  ['CEST', 2],
  ['EET', 2],
  ['EEST', 3],
  ['MSK', 3],
  ['MEZ', 1],
  ['MESZ', 2],
  ['SEČ', 1],
  ['SELČ', 2],
  ['TRT', 3],
  ['HKT', 8],
  ['SGT', 8],
  ['JST', 9],
  ['KST', 9],
  ['AEST', 10],
  ['AEDT', 11],
  ['NZST', 12],
  ['NZDT', 13],
  ['BRT', -3],
  ['ART', -3],
  ['EST', -5],
  ['EDT', -4],
  ['CDT', -5],
  ['MST', -7],
  ['MDT', -6],
  ['PST', -8],
  ['PDT', -7],
]);

/** `+1`, `-0330`, `+05:30`, `GMT+1`, `UTC-03:00`. */
const signedZone = /^(?:GMT|UTC)?([-+\u2212])(\d{1,2})(?::?(\d{2}))?$/i;

/** Milliseconds a zone is ahead of UTC: 0 where none is named, null where it is one that is not known or means several. */
export function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return 0;
  const signed = signedZone.exec(zone);
  if (signed !== null) return (signed[1] === '+' ? 1 : -1) * (Number(signed[2]) * 60 + Number(signed[3] ?? 0)) * 60_000;
  const hours = zones.get(zone.toUpperCase());
  return hours === undefined ? null : hours * 3_600_000;
}

/** @returns null where it is no time there is */
export function utc(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  ms: number = 0,
): number | null {
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return null;
  const time = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  return Number.isNaN(time) || time === 0 ? null : time;
}
