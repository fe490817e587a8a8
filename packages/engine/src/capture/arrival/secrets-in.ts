/** Secrets in the messages of a conversation that arrives, where its own marks of them do not fit: under another salt. Pure. */
import type { ArchiveRecord } from '@vivim/contract/archive';
import type { PlacedSecret } from '../../space/stores/secrets.ts';
import { mapValue } from '../redact-part.ts';
import { findSecrets } from '../secrets/find-secrets.ts';

/** @param messagePks rows of the messages by their ids; a message without one is left out */
export function secretsIn(
  messages: ArchiveRecord<'conversations.jsonl'>['messages'],
  messagePks: ReadonlyMap<string, number>,
): PlacedSecret[] {
  return messages.flatMap(({ id, parts }) => {
    const messagePk = messagePks.get(id);
    if (messagePk === undefined) return [];
    return parts.flatMap(({ ix, text, ...beside }) => [
      ...findIn(text ?? '').map((found) => ({ ...found, messagePk, part: ix })),
      ...findBeside(beside).map((found) => ({ ...found, messagePk, part: ix, start: null, end: null })),
    ]);
  });
}

const findIn = (text: string) =>
  findSecrets(text).map(({ label, start, end }) => ({ label, start, end, secret: text.slice(start, end) }));

/** In names of files, what was extracted from them, JSON and citations. */
function findBeside(value: object): { readonly label: string; readonly secret: string }[] {
  const found: { label: string; secret: string }[] = [];
  mapValue(value, (text) => {
    for (const { label, secret } of findIn(text)) found.push({ label, secret });
    return text;
  });
  return found;
}
