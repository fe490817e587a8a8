/**
 * What becomes of the secrets in a conversation: each is masked, or stays and is told where it stands. Pure: the same
 * conversation and the same answers give the same result. Never hands a secret on.
 */
import { maskOf } from '../../space/words/masks.ts';
import type { CanonicalConversation, CanonicalMessage, CanonicalPart } from '../canonical.ts';
import { mapPart, mapValue, replaceSpan } from '../redact-part.ts';
import { findSecrets } from './find-secrets.ts';

/** A secret that stays in the text of a part. */
export interface SecretPlace {
  /** Place of the message in its conversation. */
  readonly message: number;
  /** Index of the part in its message. */
  readonly part: number;
  /** UTF-16 offsets in the part's text; null beside it: in the name of a file, what was extracted from it, JSON, a citation. */
  readonly start: number | null;
  readonly end: number | null;
  readonly label: string;
  /** What the secret itself is; for making a mark of it, never to be stored. */
  readonly secret: string;
}

export interface Guarded {
  readonly conversation: CanonicalConversation;
  /** Secrets that stay, in the order they are read. */
  readonly places: readonly SecretPlace[];
  /** How often something was put in the place of a secret. */
  readonly masked: number;
  /** Keys of messages whose words changed. */
  readonly redacted: ReadonlySet<string>;
}

/** A text with masks in place of its secrets. @param isMasked asked for each secret found, the last one first */
export const maskText = (text: string, isMasked: (secret: string) => boolean): string =>
  findSecrets(text)
    .toReversed()
    .reduce(
      (left, { label, start, end }) =>
        isMasked(text.slice(start, end)) ? left.slice(0, start) + maskOf(label) + left.slice(end) : left,
      text,
    );

/** @param isMasked asked for each secret found */
export function guardSecrets(conversation: CanonicalConversation, isMasked: (secret: string) => boolean): Guarded {
  const places: SecretPlace[] = [];
  const known = new Map<string, string>();
  const redacted = new Set<string>();
  let masked = 0;
  const maskAll = (text: string): string =>
    maskText(text, (secret) => {
      const hidden = isMasked(secret);
      masked += hidden ? 1 : 0;
      return hidden;
    });
  const guardPart = (message: number, part: CanonicalPart, ix: number): CanonicalPart => {
    let left = part;
    const stay: (SecretPlace & { start: number; end: number })[] = [];
    const text = part.text ?? '';
    for (const { label, start, end } of findSecrets(text).toReversed()) {
      const secret = text.slice(start, end);
      known.set(secret, label);
      if (isMasked(secret)) {
        const mask = maskOf(label);
        left = replaceSpan(left, start, end, mask);
        // What was found behind it moves along.
        const delta = mask.length - (end - start);
        for (const [i, place] of stay.entries())
          stay[i] = { ...place, start: place.start + delta, end: place.end + delta };
        masked += 1;
      } else {
        stay.push({ message, part: ix, start, end, label, secret });
      }
    }
    places.push(...stay.reverse());
    const beside = mapBeside(left, (text) => {
      for (const { label, start, end } of findSecrets(text)) {
        const secret = text.slice(start, end);
        if (!isMasked(secret)) places.push({ message, part: ix, start: null, end: null, label, secret });
      }
      return maskAll(text);
    });
    return withSafeName(beside);
  };
  const messages = conversation.messages.map((message, ix): CanonicalMessage => {
    const before = masked;
    const parts = message.parts.map((part, partIx) => guardPart(ix, part, partIx));
    if (masked > before) redacted.add(message.key);
    return parts.every((part, partIx) => part === message.parts[partIx]) ? message : { ...message, parts };
  });
  // Counted where the rule masks it; masked it is in any case.
  if (conversation.title !== null) maskAll(conversation.title);
  const title = safeTitle(conversation.title, known);
  const flags = mapValue(conversation.flags, maskAll) as CanonicalConversation['flags'];
  if (masked > 0) return { conversation: { ...conversation, title, flags, messages }, places, masked, redacted };
  const same = title === conversation.title && messages.every((message, ix) => message === conversation.messages[ix]);
  return { conversation: same ? conversation : { ...conversation, title, messages }, places, masked, redacted };
}

/** Characters of a secret at the end of a title that was cut which are taken for its beginning. */
const leastBeginning = 6;

/**
 * A title goes everywhere: into lists, contexts, the names of what cites it. So no secret stands in one, whatever the rule is; nor
 * the beginning of one, where a title was made of a message and cut.
 * @param known secrets of the conversation's messages, with what each is
 */
export function safeTitle(title: string | null, known: ReadonlyMap<string, string> = new Map()): string | null {
  if (title === null) return null;
  const whole = maskText(title, () => true);
  const cut = whole.replace(/\s*(?:…|\.\.\.)$/u, '');
  for (const [secret, label] of known) {
    const words = secret.replace(/\s+/gu, ' ');
    for (let length = Math.min(words.length, cut.length); length >= leastBeginning; length -= 1)
      if (cut.endsWith(words.slice(0, length))) return `${cut.slice(0, -length)}${maskOf(label)}`;
  }
  return whole;
}

/** The name of a file is a title too: it stands in lists and reports, and files are saved under it. */
function withSafeName(part: CanonicalPart): CanonicalPart {
  const { attachment } = part;
  if (attachment === undefined) return part;
  const name = safeTitle(attachment.name);
  return name === attachment.name ? part : { ...part, attachment: { ...attachment, name } };
}

/** Everything a part says beside its text: JSON of a call, names of files, what was extracted from them, citations. */
function mapBeside(part: CanonicalPart, map: (text: string) => string): CanonicalPart {
  const { json, attachment, citations } = part;
  const said = [
    json,
    attachment?.name,
    attachment?.textExtract,
    ...(citations ?? []).flatMap(({ url, title, snippet }) => [url, title, snippet]),
  ];
  if (!said.some((text) => text != null && findSecrets(text).length > 0)) return part;
  return { ...mapPart({ ...part, text: null }, map), text: part.text };
}
