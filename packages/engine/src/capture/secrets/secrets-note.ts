/** What a report says of the secrets of one entry: how many of which sort, never what they say. Pure. */
import type { CanonicalIssue } from '../canonical.ts';

/** @param found those that stay, and how many were masked. @returns null where there is none */
export function secretsNote(found: {
  readonly places: readonly { readonly label: string }[];
  readonly masked: number;
}): CanonicalIssue | null {
  const { places, masked } = found;
  if (places.length + masked === 0) return null;
  const labels = [...new Set(places.map(({ label }) => label))].join(', ');
  const parts = [
    ...(masked === 0 ? [] : [`${masked} masked: what they said is not stored`]),
    ...(places.length === 0 ? [] : [`${places.length} stay in it (${labels}); see vivim secrets`]),
  ];
  return { severity: 'note', code: 'secrets_found', path: '', detail: `Secrets were found. ${parts.join('; ')}.` };
}
