/** Every step of the schema, in order. Nothing scans a folder. */
import type { Migration } from '../../sqlite/migrate.ts';
import { first } from './0001-first.ts';
import { erasures } from './0002-erasures.ts';
import { capture } from './0003-capture.ts';
import { faces } from './0004-faces.ts';
import { lighter } from './0005-lighter.ts';
import { whatWasAsked } from './0006-asked.ts';

export const migrations: readonly Migration[] = [first, erasures, capture, faces, lighter, whatWasAsked];
