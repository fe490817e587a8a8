/** Files and pictures as sources point to them → parts with an attachment, with its bytes where they stand inside the record. */
import type { PartKind } from '@vivim/contract/conversation';
import type { CanonicalAttachment, CanonicalPart } from '../canonical.ts';
import { asName } from './json-value.ts';

/** `data:image/png;base64,…` (RFC 2397). */
const dataUrl = /^data:([^;,]*)((?:;[^,]*)?),/i;

export interface FileFacts {
  readonly id?: string | null;
  readonly name?: string | null;
  readonly mime?: string | null;
  readonly size?: number | null;
  /** `skipped` where the export holds the bytes. */
  readonly status?: CanonicalAttachment['status'];
  readonly text?: string | null;
}

const kindOf = (mime: string | null, name: string | null): PartKind => {
  if (mime?.startsWith('image/') || /\.(?:png|jpe?g|gif|webp|svg|heic|bmp)$/i.test(name ?? '')) return 'image';
  return mime?.startsWith('audio/') || /\.(?:mp3|wav|m4a|ogg|flac)$/i.test(name ?? '') ? 'audio' : 'file';
};

/** A part for a file the source names. */
export function filePart(facts: FileFacts, kind?: PartKind): CanonicalPart {
  const { id = null, name = null, mime = null, size = null, status = 'missing', text = null } = facts;
  return {
    kind: kind ?? kindOf(mime, name),
    text,
    ...(mime === null ? {} : { mime }),
    attachment: { externalId: id, name, mime, size, status, textExtract: null },
  };
}

/** A part for an address: a data URL holds its bytes, any other names a file that is not in the export. */
export function linkedPart(url: unknown, kind?: PartKind, name: string | null = null): CanonicalPart {
  const address = asName(url) ?? '';
  const [head, mime, how] = dataUrl.exec(address) ?? [];
  if (head === undefined) return filePart({ id: address.slice(0, 2000) || null, name }, kind);
  const body = address.slice(head.length);
  const base64 = /;base64$/i.test(how ?? '') ? unescaped(body) : Buffer.from(unescaped(body)).toString('base64');
  return inlinePart(base64, mime || null, kind, name);
}

/** Percent signs of an address taken back; an address that is none stays as it is. */
function unescaped(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A part for bytes in base64: how many they are is known from their length. */
export function inlinePart(
  base64: unknown,
  mime: string | null,
  kind?: PartKind,
  name: string | null = null,
): CanonicalPart {
  const inline = asName(base64);
  if (inline === null) return filePart({ name, mime, size: null }, kind);
  const size = Math.floor((inline.length * 3) / 4);
  const part = filePart({ name, mime, size, status: 'skipped' }, kind);
  return part.attachment === undefined ? part : { ...part, attachment: { ...part.attachment, inline } };
}
