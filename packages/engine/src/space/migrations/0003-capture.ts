/**
 * Schema 3: capture whole. One step for one release; each piece of it stands in a file of its own, in the order they need
 * each other.
 */
import type { Migration } from '../../sqlite/migrate.ts';
import { conflictTables } from './0003-capture/conflicts.ts';
import { entryTables } from './0003-capture/entries.ts';
import { filesFunctions, filesTables } from './0003-capture/files.ts';
import { lineageTables } from './0003-capture/lineage.ts';
import { liveTables } from './0003-capture/live.ts';
import { memoriesTables } from './0003-capture/memories.ts';
import { reparseTables } from './0003-capture/reparse.ts';
import { secretTables } from './0003-capture/secrets.ts';
import { uploadTables } from './0003-capture/uploads.ts';
import { watchedTables } from './0003-capture/watched.ts';
import { wholeExportsTables } from './0003-capture/whole-exports.ts';
import { assemblyTables } from './0003-context/assemblies.ts';
import { recipeTables } from './0003-context/recipes.ts';
import { segmentationTables } from './0003-context/segmentation.ts';
import { vectorsAgain } from './0003-context/vectors.ts';

const pieces: readonly string[] = [
  liveTables,
  secretTables,
  watchedTables,
  memoriesTables,
  filesTables,
  uploadTables,
  lineageTables,
  wholeExportsTables,
  reparseTables,
  conflictTables,
  entryTables,
  segmentationTables,
  vectorsAgain,
  recipeTables,
  assemblyTables,
];

export const capture: Migration = {
  version: 3,
  name: 'capture',
  sql: pieces.join('\n'),
  functions: filesFunctions,
};
