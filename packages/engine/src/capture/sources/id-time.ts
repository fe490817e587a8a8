/** The moment some ids hold: UUIDv7 (RFC 9562, section 5.7), ULID (github.com/ulid/spec), BSON ObjectId. Pure. */

/** Before the first of these programs, and after what any of them will have written: there such an id is a number by chance. */
const fromMs = Date.UTC(2015, 0);
const untilMs = Date.UTC(2045, 0);

const uuid7 = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
/** Some programs put what it is in front. */
const ulid = /^(?:[A-Za-z]{1,12}[_-])?([0-7][0-9A-HJKMNP-TV-Z]{9})[0-9A-HJKMNP-TV-Z]{16}$/;
const objectId = /^([0-9a-f]{8})[0-9a-f]{16}$/;
/** Crockford's base 32. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Milliseconds UTC, or null where the id holds no time. */
export function idTime(id: string | null): number | null {
  const ms = id === null ? null : written(id);
  return ms !== null && ms >= fromMs && ms < untilMs ? ms : null;
}

function written(id: string): number | null {
  const [, high, low] = uuid7.exec(id) ?? [];
  if (high !== undefined && low !== undefined) return Number.parseInt(high + low, 16);
  const [, time] = ulid.exec(id) ?? [];
  if (time !== undefined) return [...time].reduce((ms, letter) => ms * 32 + letters.indexOf(letter), 0);
  const [, seconds] = objectId.exec(id) ?? [];
  return seconds === undefined ? null : Number.parseInt(seconds, 16) * 1000;
}
