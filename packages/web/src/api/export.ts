/** The export of a space: bytes the browser saves by itself, after the fresh signature it asks for. */

import { systemClock } from '@vivim/contract/clock';
import { stepUpSeconds } from '@vivim/contract/identity';
import type { ExportFormat } from '@vivim/contract/space-export';
import { plainApi } from './plain-client.ts';
import { freshen } from './step-up.ts';

const address = '/v1/space/export';
/** The signature must still be fresh when the request arrives. */
const marginMs = 30_000;

/** A download asks by itself and can sign nothing, so the session is freshened before it. */
export async function startExport(format: ExportFormat): Promise<void> {
  const { session } = await plainApi.getMe({});
  const ageMs = systemClock() - Date.parse(session.authenticatedAt);
  if (ageMs > stepUpSeconds * 1_000 - marginMs) await freshen();
  const link = document.createElement('a');
  link.href = `${address}?format=${format}`;
  link.download = '';
  link.click();
}
