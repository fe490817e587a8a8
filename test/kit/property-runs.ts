/**
 * How often the suite tries a property that is dear to try. `npm run soak -- properties` tries each of them as often as its test says.
 * Knows no test runner.
 */
const variable = 'VIVIM_PROPERTIES';

/** What the soak sets. */
export const wholeProperties = { [variable]: 'whole' };

/** @param whole how often it takes to be sure; the suite does a quarter of it, and every example */
export const runs = (whole: number): number =>
  process.env[variable] === 'whole' ? whole : Math.max(2, Math.ceil(whole / 4));
