/**
 * Files of an archive, record by record: their hashes, their pieces, those no conversation mentions. Bytes are seen once they
 * are what the archive says they are. What was erased here stays out.
 */
import type { ArchiveRecord } from '@vivim/contract/archive';
import type { Marks } from '../../space/marks.ts';
import type { ArtifactVersionInput } from '../../space/stores/artifacts.ts';
import type { SpaceWriter } from '../../space/transactors.ts';
import { mayFileStand } from './erased-here.ts';

/** `whole files`: the hashes a second time, when every piece is here. */
export type FileStage = 'blobs.jsonl' | 'blob-pieces.jsonl' | 'files.jsonl' | 'whole files';

export function arriveFile(
  w: SpaceWriter,
  stage: FileStage,
  record: ArchiveRecord,
  { runPk, marks }: { readonly runPk: number; readonly marks: Marks },
): void {
  switch (stage) {
    case 'blobs.jsonl': {
      const { sha256, size } = record as ArchiveRecord<'blobs.jsonl'>;
      w.blobs.begin(sha256, size);
      return;
    }
    case 'blob-pieces.jsonl': {
      const { sha256, ix, base64 } = record as ArchiveRecord<'blob-pieces.jsonl'>;
      // Pieces of a file that is here already are passed over.
      const pk = w.blobs.arriving(sha256);
      if (pk !== null) w.blobs.addPiece(pk, ix, Buffer.from(base64, 'base64'));
      return;
    }
    case 'files.jsonl': {
      const file = record as ArchiveRecord<'files.jsonl'>;
      if (mayFileStand(file, marks)) w.attachments.arriveLoose(file);
      return;
    }
    case 'whole files': {
      const { sha256 } = record as ArchiveRecord<'blobs.jsonl'>;
      if (!w.blobs.complete(sha256)) w.imports.addIssue(runPk, notItself(sha256));
      return;
    }
  }
}

const notItself = (sha256: string) =>
  ({
    severity: 'degraded',
    code: 'file_not_readable',
    path: `blobs.jsonl/${sha256}`,
    externalId: null,
    title: null,
    detail: 'The bytes of the file are not those the archive names; they were left out.',
  }) as const;

/** Versions of documents by the rows of their messages. */
export const documentsIn = (
  { artifacts }: ArchiveRecord<'conversations.jsonl'>,
  messagePks: ReadonlyMap<string, number>,
): ArtifactVersionInput[] =>
  artifacts.flatMap(({ message, part, ...version }) => {
    const messagePk = messagePks.get(message);
    return messagePk === undefined ? [] : [{ ...version, messagePk, partIx: part }];
  });
