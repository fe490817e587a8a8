/** JSON as PostgreSQL prints a `jsonb`: what reads back the same and was written otherwise is told apart. Pure. */

/** @param value as it was parsed from what PostgreSQL printed, so that members stand in its order */
export function printedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printedJson).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${printedJson(member)}`);
  return `{${members.join(', ')}}`;
}
