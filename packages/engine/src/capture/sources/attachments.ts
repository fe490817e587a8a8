/** Files and pictures as sources point to them → parts with an attachment. Bytes that stand inside a record stay in it. */
import type { PartKind } from '@vivim/contract/conversation';
import type { CanonicalAttachment, CanonicalPart } from '../canonical.ts';
import { asName } from './json-value.ts';

/** `data:image/png;base64,…` (RFC 2397). */
const dataUrl = /^data:([^;,]*)(?:;[^,]*)?,/;

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
  const mime = dataUrl.exec(address)?.[1];
  if (mime === undefined) return filePart({ id: address.slice(0, 2000) || null, name }, kind);
  return inlinePart(address.slice(address.indexOf(',') + 1), mime || null, kind, name);
}

/** A part for bytes in base64: how many they are is known from their length. */
export function inlinePart(
  base64: unknown,
  mime: string | null,
  kind?: PartKind,
  name: string | null = null,
): CanonicalPart {
  const length = typeof base64 === 'string' ? base64.length : 0;
  return filePart({ name, mime, size: Math.floor((length * 3) / 4), status: 'skipped' }, kind);
}
