/**
 * Schema 3: capture whole. One step for one release; each piece of it stands in a file of its own, in the order they need
 * each other.
 */
import type { Migration } from '../../sqlite/migrate.ts';
import { uploadTables } from './0003-capture/uploads.ts';

const pieces: readonly string[] = [uploadTables];

export const capture: Migration = { version: 3, name: 'capture', sql: pieces.join('\n') };
