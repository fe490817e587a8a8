/** Watches one import until it ends, with the patience of a command. */

import type { Client } from '@vivim/client/client';
import { type Following, followImport as follow } from '@vivim/client/follow-import';
import { wait } from '@vivim/client/wait';
import type { ImportId } from '@vivim/contract/ids';
import type { ImportRun } from '@vivim/contract/imports';
import { mayPass, patience } from './patience.ts';

/** @param onRun called with each state of the run, the last one included */
export const followImport = (
  client: Client,
  id: ImportId,
  onRun: Following['onRun'],
  signal: AbortSignal,
): Promise<ImportRun> => follow(client, id, { onRun, signal, mayPass, patience, wait });
