/** The way of all spaces to the schema this server knows: looking, beginning, going on, trying one again. */

import { theAccount } from './accounts.ts';
import type { AdminHandlers } from './deps.ts';
import { note, noteServer } from './note.ts';

export const migrationHandlers: AdminHandlers<'showMigration' | 'runMigration' | 'resumeMigration' | 'migrateUser'> = {
  showMigration: ({ fleet }) => fleet.migrations.status(),

  async runMigration(deps) {
    await deps.fleet.migrations.run();
    await noteServer(deps, 'migration.run');
    return deps.fleet.migrations.status();
  },

  async resumeMigration(deps) {
    await deps.fleet.migrations.resume();
    await noteServer(deps, 'migration.resumed');
    return deps.fleet.migrations.status();
  },

  async migrateUser(deps, { userId }) {
    const { routing } = await theAccount(deps, userId);
    await note(deps, 'admin.migrated', userId);
    await deps.fleet.migrations.retry(routing);
    return deps.fleet.migrations.status();
  },
};
