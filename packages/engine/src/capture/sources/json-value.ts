/**
 * Look into JSON nobody vouches for. Every accessor answers null where the value is not what was hoped for; nothing
 * throws, nothing is coerced, and a key named `__proto__` is data like any other.
 */

export type JsonRecord = Readonly<Record<string, unknown>>;

/** What a text says as JSON; undefined, which is no JSON value, where it is none. */
export function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const asRecord = (value: unknown): JsonRecord | null => (isRecord(value) ? value : null);

export const asArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The objects of a list; what is none is left out. */
export const asRecords = (value: unknown): readonly JsonRecord[] => asArray(value).filter(isRecord);

/** A string with lone surrogates replaced by U+FFFD: what is not Unicode cannot be stored or shown. The raw record keeps it. */
export const asText = (value: unknown): string | null => (typeof value === 'string' ? value.toWellFormed() : null);

/** {@link asText}, and null for the empty string. */
export const asName = (value: unknown): string | null => asText(value) || null;

/** An id: a string that says something, or a whole number, which some sources write where others write a string. */
export const asId = (value: unknown): string | null =>
  typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : asName(value);

export const asNumber = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

/** A count of bytes, pixels or the like; null where the source has none that can be one. */
export const asSize = (value: unknown): number | null => {
  const number = asNumber(value);
  return number !== null && Number.isSafeInteger(Math.round(number)) && number >= 0 ? Math.round(number) : null;
};

/**
 * A key that stays distinct from every other when it is hashed: UTF-8 has no lone surrogates, so a key with one would
 * run together with its neighbours. JSON escapes them.
 */
export const distinctKey = (key: string): string => (key.isWellFormed() ? key : JSON.stringify(key));

/** JSON of a value, or null where it cannot be written (nesting beyond the stack). Always well-formed Unicode. */
export function toJson(value: unknown): string | null {
  try {
    return JSON.stringify(value) ?? null;
  } catch {
    return null;
  }
}
