/**
 * Schema 3: capture whole, and what the context engine makes of it. One step for one release; each piece of it stands in a file of its own, in the order they need
 * each other.
 */
import type { Migration } from '../../sqlite/migrate.ts';
import { conflictTables } from './0003-capture/conflicts.ts';
import { entryTables } from './0003-capture/entries.ts';
import { erasingTables } from './0003-capture/erasing.ts';
import { filesFunctions, filesTables } from './0003-capture/files.ts';
import { lineageTables } from './0003-capture/lineage.ts';
import { liveTables } from './0003-capture/live.ts';
import { memoriesTables } from './0003-capture/memories.ts';
import { reparseTables } from './0003-capture/reparse.ts';
import { secretTables } from './0003-capture/secrets.ts';
import { undated } from './0003-capture/undated.ts';
import { uploadTables } from './0003-capture/uploads.ts';
import { watchedTables } from './0003-capture/watched.ts';
import { wholeExportsTables } from './0003-capture/whole-exports.ts';
import { assemblyTables } from './0003-context/assemblies.ts';
import { exclusionTables } from './0003-context/exclusions.ts';
import { foresightTables } from './0003-context/foresight.ts';
import { contextMemoriesTables } from './0003-context/memories.ts';
import { modelMemoriesTables } from './0003-context/model-memories.ts';
import { modelTables } from './0003-context/models.ts';
import { profilesTables } from './0003-context/profiles.ts';
import { recipeTables } from './0003-context/recipes.ts';
import { sectionTables } from './0003-context/sections.ts';
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
  erasingTables,
  undated,
  modelTables,
  profilesTables,
  segmentationTables,
  vectorsAgain,
  contextMemoriesTables,
  modelMemoriesTables,
  recipeTables,
  assemblyTables,
  exclusionTables,
  sectionTables,
  foresightTables,
];

export const capture: Migration = {
  version: 3,
  name: 'capture',
  sql: pieces.join('\n'),
  functions: filesFunctions,
};
