/** A space that is looked into or changed in a process: it answers nobody, works on nothing else, and is asked nothing. */
import { AppError } from '@vivim/contract/errors';
import type { Guest } from './engine-host.ts';
import type { SpaceRow } from './fleet-control.ts';

export const silentGuest = ({ storageId, userId }: SpaceRow): Guest => ({
  storageId,
  userId,
  onErasing: () => Promise.reject(new AppError('engine_unavailable')),
  onEmbed: () => Promise.reject(new AppError('engine_unavailable')),
  onChat: () => Promise.reject(new AppError('engine_unavailable')),
  onJobs: () => {},
  onGone: () => {},
  requests: () => 0,
  requestBytes: () => 0,
  pendingJobs: () => 0,
  ping: async () => {},
});
