/** Schema 4: what a person does with what they have, on the pages. Each piece of it stands in a file of its own. */
import type { Migration } from '../../sqlite/migrate.ts';
import { activityIndex } from './0004-faces/activity.ts';
import { captureTables } from './0004-faces/capture.ts';
import { searchTables } from './0004-faces/search.ts';

const pieces: readonly string[] = [activityIndex, captureTables, searchTables];

export const faces: Migration = {
  version: 4,
  name: 'faces',
  sql: pieces.join('\n'),
};
