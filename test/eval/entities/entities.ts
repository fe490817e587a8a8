/** `npm run eval -- entities`: precision and recall of recognition on the project's own conversations, without a server. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@vivim/contract/clock';
import type { StorageId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { createUserSpace } from '@vivim/engine/space/user-space';
import { golden } from './golden.ts';
import { type EntityScore, entityReport, scoreEntities } from './score-entities.ts';

export async function evaluateEntities(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'vivim-entities-'));
  const scores: EntityScore[] = [];
  try {
    for (const [ix, conversation] of golden.entries()) {
      const keyHex = randomBytes(32).toString('hex');
      const own = { storageId: uuidv7() as StorageId, ownerId: uuidv7(), keyHex, quotaBytes: 1024 ** 3 };
      const space = createUserSpace({ ...own, directory: join(directory, String(ix)) }, systemClock);
      scores.push(await scoreEntities(space, conversation));
      space.close();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return entityReport(scores);
}
