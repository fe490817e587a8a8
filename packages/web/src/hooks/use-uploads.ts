/** The files on their way up, as a page sees them. */
import { useSyncExternalStore } from 'react';
import { type Upload, uploadQueue } from '../api/upload-queue.ts';

export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(uploadQueue.subscribe, uploadQueue.list);
}
