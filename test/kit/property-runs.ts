/**
 * How often the suite tries what is dear to try. `npm run soak -- properties` tries each as often as its test says, and so do mutants.
 * Knows no test runner.
 */
const variable = 'VIVIM_PROPERTIES';

/** What the soak sets. */
export const wholeProperties = { [variable]: 'whole' };

/**
 * @param whole how often it takes to be sure
 * @param inSuite how often the suite does it, beside every example and with other values every time; an eighth of it unless said
 */
export const runs = (whole: number, inSuite = Math.max(2, Math.ceil(whole / 8))): number =>
  process.env[variable] === 'whole' ? whole : inSuite;
