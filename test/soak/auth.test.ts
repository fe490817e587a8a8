/** The soak of identity in small: forty attempts of each kind. `npm run soak -- auth` makes ten thousand. */
import { expect, it } from 'vitest';
import { useGateway } from '../kit/gateway.ts';
import { describeMasters } from '../kit/masters.ts';
import { runs } from '../kit/property-runs.ts';
import { authCases, soakedGateway } from './auth-cases.ts';
import { isSound, runCase, tallyTable } from './tally.ts';

const attempts = runs(200, 40);

describeMasters('used a second time', (kind) => {
  const gateway = useGateway(kind, soakedGateway);
  const titles = authCases({} as never).map(({ title }) => title);

  it.each(titles)('%s', { timeout: 120_000 }, async (title) => {
    const one = authCases(gateway()).find((each) => each.title === title);
    if (one === undefined) throw new Error('there is no such case');
    const tally = await runCase(one, attempts);
    expect(tallyTable(title, [tally])).toContain('none twice');
    expect(isSound(tally)).toBe(true);
  });
});
