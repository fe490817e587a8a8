/** What a page sends: a file, or a folder as one zip that is made while it is sent. Holds a piece of it at most. */

import type { FileToSend } from '@vivim/client/send-file';
import { folderZip } from '@vivim/contract/folder/folder-zip';
import { ReplayedBytes } from '@vivim/contract/folder/replayed-bytes';
import { zipSize } from '@vivim/contract/folder/zip-layout';
import type { ImportSource } from '@vivim/contract/imports';
import { strings } from '../strings.ts';
import type { GivenFolder } from './given-folder.ts';

export interface Outgoing extends FileToSend {
  /** Once it is sent, or not sent any further for now. */
  readonly close: () => Promise<void>;
}

/** @param source what it is to be taken for; null lets the server tell */
export const outgoingFile = (file: File, source: ImportSource | null = null): Outgoing => ({
  name: file.name.slice(-255),
  size: file.size,
  source,
  read: async (start, end) => file.slice(start, end),
  close: async () => {},
});

/** Bytes of what a folder is sent as. */
export const folderBytes = ({ files }: GivenFolder): number => zipSize(files);

/** @param source what all of it is to be taken for; null lets the server tell */
export function outgoingFolder(folder: GivenFolder, source: ImportSource | null): Outgoing {
  const bytes = new ReplayedBytes(() =>
    folderZip(folder.files, ({ name }) => new Error(strings.folders.changed(name))),
  );
  return {
    name: `${folder.name}.zip`.slice(-255),
    size: folderBytes(folder),
    source,
    read: (start, end) => bytes.read(start, end),
    close: () => bytes.close(),
  };
}
