/** The keys of a directory, as a server opens them with no setting of its own. Knows no test runner. */
import { systemClock } from '@vivim/contract/clock';
import { type Keks, type KeksDeps, openKeks } from '@vivim/gateway/keys/keks';

export const openTestKeks = (directory: string, more: Partial<KeksDeps> = {}): Promise<Keks> =>
  openKeks({
    directory,
    source: null,
    passphrase: { file: null, ask: null },
    environment: { PATH: '/usr/bin:/bin', HOME: '/' },
    clock: systemClock,
    ...more,
  });
