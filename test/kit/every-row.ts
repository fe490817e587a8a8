/** All that is written in a space, for comparing two that are to hold the same. */
import { join } from 'node:path';
import { sha256 } from '@vivim/engine/space/hash';
import type { SpaceLocation } from '@vivim/engine/space/user-space';
import { openConnection } from '@vivim/engine/sqlite/database';

/** Every row of every table but the words' inner ones, without the numbers that depend on how often it was begun. */
export function everyRow(location: SpaceLocation): Record<string, unknown[]> {
  const connection = openConnection(join(location.directory, 'user.db'), { ...location, readonly: true });
  try {
    const tables = connection
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%words%' AND name NOT IN ('space', 'op') ORDER BY name",
      )
      .pluck()
      .all() as string[];
    return Object.fromEntries(
      tables.map((table) => {
        const rows = connection.prepare(`SELECT * FROM "${table}"`).all() as Record<string, unknown>[];
        if (table === 'import_run') for (const row of rows) delete row.id;
        if (table === 'import_issue')
          for (const row of rows) row.detail = String(row.detail).replace(/--import [\w-]+/, '--import ID');
        // A difference between hashes is seen; one between long buffers is cut off.
        if (table === 'blob_piece') for (const row of rows) row.bytes = sha256(row.bytes as Buffer);
        return [table, rows];
      }),
    );
  } finally {
    connection.close();
  }
}
