/** Bytes of files, and versions of the documents models wrote. One interface for each table. */
import type { Generated } from 'kysely';

export interface BlobTable {
  pk: Generated<number>;
  sha256: string;
  size: number;
  mime: string | null;
  width: number | null;
  height: number | null;
  complete: Generated<number>;
}

export interface BlobPieceTable {
  pk: Generated<number>;
  blob_pk: number;
  ix: number;
  bytes: Uint8Array;
}

export interface ArtifactVersionTable {
  pk: Generated<number>;
  conversation_pk: number;
  message_pk: number;
  part_ix: number;
  key: string;
  version: number;
  op: string;
  title: string | null;
  mime: string | null;
  language: string | null;
  text: string;
  problem: string | null;
  latest: Generated<number>;
}
