/**
 * What the bytes of a file are, by how they begin: never by a name or by what somebody said. Pure. Says which of them a
 * browser may show beside the page; everything else is only ever handed out to be saved.
 */
import { imageSize } from 'image-size';
import { filetypemime } from 'magic-bytes.js';

export interface Media {
  /** Null where the bytes say nothing: plain text, and what is not known here. */
  readonly mime: string | null;
  readonly width: number | null;
  readonly height: number | null;
}

/** How much of a file is looked at, bytes. A JPEG may carry a large block of camera notes before its size. */
export const headBytes = 256 * 1024;

/** Types that are shown. SVG and HTML are programs and never among them. */
const shown: ReadonlyMap<string, 'image' | 'audio' | 'video'> = new Map([
  ...['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'].map((type) => [type, 'image'] as const),
  ...['audio/mpeg', 'audio/wav', 'audio/ogg', 'audio/flac', 'audio/aac', 'audio/mp4'].map(
    (type) => [type, 'audio'] as const,
  ),
  ...['video/mp4', 'video/webm', 'video/quicktime'].map((type) => [type, 'video'] as const),
]);
/** Other names of the same. */
const usual: ReadonlyMap<string, string> = new Map([
  ['image/apng', 'image/png'],
  ['audio/x-wav', 'audio/wav'],
  ['audio/vnd.wave', 'audio/wav'],
  ['audio/x-flac', 'audio/flac'],
  ['application/ogg', 'audio/ogg'],
  ['audio/x-hx-aac-adts', 'audio/aac'],
  ['audio/x-m4a', 'audio/mp4'],
]);

export const shownAs = (mime: string | null): 'image' | 'audio' | 'video' | null =>
  mime === null ? null : (shown.get(mime) ?? null);

/** @param head the first {@link headBytes} of the file, or all of it */
export function mediaOf(head: Uint8Array): Media {
  const mime = typeOf(head);
  return mime !== null && shownAs(mime) === 'image' ? { mime, ...sizeOf(head) } : { mime, width: null, height: null };
}

function typeOf(head: Uint8Array): string | null {
  const found = filetypemime(head);
  const [first] = found;
  if (first === undefined) return null;
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 64)).toString('latin1');
  // Containers hold sound or pictures; how they call themselves says which (ISO/IEC 14496-12, 4.3; RFC 8794, section 11).
  if (/^.{4}ftyp(?:M4A|M4B|F4A)/s.test(text)) return 'audio/mp4';
  if (/^.{4}ftyp(?:avif|avis)/s.test(text)) return 'image/avif';
  if (text.startsWith('\x1aE\xdf\xa3')) return text.includes('webm') ? 'video/webm' : 'video/x-matroska';
  // A zip may be a document of many kinds, which only its inside tells.
  if (text.startsWith('PK\x03\x04')) return 'application/zip';
  return usual.get(first) ?? first;
}

function sizeOf(head: Uint8Array): { width: number | null; height: number | null } {
  try {
    const { width, height } = imageSize(head);
    return isPixels(width) && isPixels(height) ? { width, height } : { width: null, height: null };
  } catch {
    // Its head is cut off or damaged: a browser may still make something of it.
    return { width: null, height: null };
  }
}

const isPixels = (value: number): boolean => Number.isSafeInteger(value) && value > 0 && value < 1e6;
