/** The keys of a directory, as a server opens them with no setting of its own. Knows no test runner. */
import { join } from 'node:path';
import { systemClock } from '@vivim/contract/clock';
import { type Keks, type KeksDeps, openKeks } from '@vivim/gateway/keys/keks';
import { openSpaceKeys, type SpaceKeys } from '@vivim/gateway/keys/space-keys';

export const openTestKeks = (directory: string, more: Partial<KeksDeps> = {}): Promise<Keks> =>
  openKeks({
    directory,
    source: null,
    passphrase: { file: null, ask: null },
    environment: { PATH: '/usr/bin:/bin', HOME: '/' },
    clock: systemClock,
    ...more,
  });

/** The keys of spaces as they lie in the data directory of a server, whether it runs or not. */
export const keysOf = async (dataDir: string): Promise<SpaceKeys> =>
  openSpaceKeys(await openTestKeks(join(dataDir, 'keys')), { error: () => {} });
