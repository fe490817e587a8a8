/** Files of messages: what is known of them, and their bytes, a range at a time. Never holds more than one piece of a file. */
import type { FileHeaders } from '@vivim/contract/attachment';
import { AppError } from '@vivim/contract/errors';
import type { AttachmentId } from '@vivim/contract/ids';
import { shownAs } from '../space/media-type.ts';
import { pieceBytes, type StoredBlob } from '../space/stores/blobs.ts';
import type { UserSpace } from '../space/user-space.ts';
import { rangeOf } from './byte-range.ts';
import type { FileAnswer, Handlers } from './handler.ts';

export const attachmentHandlers = ({ space }: { readonly space: UserSpace }) =>
  ({
    listAttachments: ({ query }) => space.read((r) => r.attachments.page(query)),
    getAttachment: ({ params }) => {
      const found = space.read((r) => r.attachments.find(params.id));
      if (found === null) throw new AppError('not_found');
      return found;
    },
    getAttachmentContent: ({ params, headers }) => contentOf(space, params.id, headers),
    listArtifacts: ({ params }) =>
      space.read((r) => {
        if (r.conversations.stored(params.id) === null) throw new AppError('not_found');
        return { items: r.artifacts.of(params.id) };
      }),
  }) satisfies Handlers<'listAttachments' | 'getAttachment' | 'getAttachmentContent' | 'listArtifacts'>;

/** @throws AppError `not_found` (also where the bytes are not here), `range_invalid` */
function contentOf(space: UserSpace, id: AttachmentId, asked: FileHeaders): FileAnswer {
  const found = space.read((r) => r.attachments.stored(id));
  if (found === null) throw new AppError('not_found');
  const { blob, name } = found;
  const etag = `"${blob.sha256}"`;
  const common = {
    version: space.version,
    mediaType: 'application/octet-stream',
    fileName: name ?? 'file',
    headers: { etag, 'accept-ranges': 'bytes' },
  };
  if (matches(asked['if-none-match'], etag))
    return { ...common, status: 304, stream: new Blob([]).stream(), bytes: null };
  const isSame = asked['if-range'] === undefined || asked['if-range'] === etag;
  const wanted = isSame ? (asked.range ?? null) : null;
  const range = rangeOf(wanted, blob.size);
  const { from, to } = range ?? { from: 0, to: blob.size };
  return {
    ...common,
    // What is not shown beside the page is bytes to be saved, whatever it says it is.
    ...(blob.mime === null || shownAs(blob.mime) === null ? {} : { mediaType: blob.mime, inline: true }),
    status: range === null ? 200 : 206,
    bytes: to - from,
    stream: piecesOf(space, blob, from, to),
    ...(range === null
      ? {}
      : { headers: { ...common.headers, 'content-range': `bytes ${from}-${to - 1}/${blob.size}` } }),
  };
}

/** RFC 9110, 13.1.2. */
const matches = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((one) => {
    const tag = one.trim().replace(/^W\//, '');
    return tag === '*' || tag === etag;
  });

/** A piece at each pull. What is erased meanwhile breaks the answer off. */
function piecesOf(space: UserSpace, { pk, sha256 }: StoredBlob, from: number, to: number): ReadableStream<Uint8Array> {
  let at = from;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (at >= to) return controller.close();
        const ix = Math.floor(at / pieceBytes);
        const piece = space.read((r) => (r.blobs.find(sha256)?.pk === pk ? r.blobs.piece(pk, ix) : null));
        if (piece === null) return controller.error(new AppError('not_found'));
        const start = ix * pieceBytes;
        controller.enqueue(piece.subarray(at - start, Math.min(piece.length, to - start)));
        at = Math.min(to, start + piece.length);
      },
    },
    { highWaterMark: 0 },
  );
}
