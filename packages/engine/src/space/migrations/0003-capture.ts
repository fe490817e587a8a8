/**
 * Schema 3: capture whole. One step for one release; each piece of it stands in a file of its own, in the order they need
 * each other.
 */
import type { Migration } from '../../sqlite/migrate.ts';
import { filesFunctions, filesTables } from './0003-capture/files.ts';

const pieces: readonly string[] = [filesTables];

export const capture: Migration = {
  version: 3,
  name: 'capture',
  sql: pieces.join('\n'),
  functions: filesFunctions,
};
