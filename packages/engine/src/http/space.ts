/** The state of the space itself, and its stream of events. */

import type { SpaceEvents } from '../events.ts';
import type { FollowingProgress } from '../following.ts';
import type { Embedder } from '../models/embedder.ts';
import { archiveFingerprint } from '../space/archive/archive-signature.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

export const spaceHandlers = (deps: {
  space: UserSpace;
  events: SpaceEvents;
  embedder: Embedder;
  following: FollowingProgress;
}) =>
  ({
    getSpace: () => {
      const { space } = deps;
      const { counts, pending, files } = space.read((r) => ({
        files: r.blobs.total().bytes,
        counts: r.counts(),
        pending: {
          imports: r.imports.countActive(),
          rollup: r.outbox.count('rollup'),
          embedding: r.outbox.count('embed'),
          reembedding: r.outbox.count('reembed'),
          reparse: r.outbox.count('reparse'),
          memories: r.outbox.count('memories'),
        },
      }));
      return {
        version: space.version,
        schemaVersion: space.schemaVersion,
        encryption: 'ChaCha20-Poly1305, a key of this space alone',
        counts,
        bytes: { database: space.bytes, quota: space.location.quotaBytes, files },
        pending,
        following: deps.following.now(),
        embedder: deps.embedder.absent === true ? null : deps.embedder.name,
        archivesSignedBy: archiveFingerprint(space.location.keyHex),
      };
    },
    streamEvents: async function* (call) {
      yield { type: 'hello', version: deps.space.version } as const;
      yield* deps.events.listen(call.signal);
    },
  }) satisfies Handlers<'getSpace' | 'streamEvents'>;
