/** Schema 4: what a person does with what they have, on the pages. Each piece of it stands in a file of its own. */
import type { Migration } from '../../sqlite/migrate.ts';
import { activityIndex } from './0004-faces/activity.ts';
import { annotationTables } from './0004-faces/annotations.ts';
import { captureTables } from './0004-faces/capture.ts';
import { exclusionWords } from './0004-faces/exclusions.ts';
import { heaviestUnits } from './0004-faces/heaviest-units.ts';
import { memoryStepTables } from './0004-faces/memory-steps.ts';
import { pinTables } from './0004-faces/pins.ts';
import { searchTables } from './0004-faces/search.ts';
import { subjectsTables } from './0004-faces/subjects.ts';
import { topicVectorTables } from './0004-faces/topic-vectors.ts';

const pieces: readonly string[] = [
  activityIndex,
  captureTables,
  searchTables,
  subjectsTables,
  pinTables,
  annotationTables,
  heaviestUnits,
  exclusionWords,
  topicVectorTables,
  memoryStepTables,
];

export const faces: Migration = {
  version: 4,
  name: 'faces',
  sql: pieces.join('\n'),
};
