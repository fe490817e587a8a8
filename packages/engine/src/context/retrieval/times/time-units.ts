/** The lengths of time that words tell, and figures of years: what the grammars and whoever reads their groups share. */

export const units = ['day', 'week', 'month', 'year'] as const;
export const spans = ['week', 'weekend', 'month', 'year'] as const;
export const seasons = ['spring', 'summer', 'autumn', 'winter'] as const;

/** A pattern: four figures that are a year. */
export const year = '(?:19|20)\\d\\d';

/** A pattern: a date in figures. Two figures of a year stand behind strokes alone: with points they are a version of something. */
export const inFigures = `(?<figures>${year}[./]\\d{1,2}[./]\\d{1,2}|\\d{1,2}(?:\\.\\s?\\d{1,2}\\.\\s?|/\\d{1,2}/|-\\d{1,2}-)${year}|\\d{1,2}/\\d{1,2}/\\d\\d)`;
