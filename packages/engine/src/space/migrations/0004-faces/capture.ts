/** What each part of a file was recognised as, and how a file begins that could not be read. */
export const captureTables = `
-- JSON array of {source, files, confidence, why}; null where all of the file is of one source.
ALTER TABLE import_run ADD COLUMN parts TEXT;
-- JSON array: its first lines, or the first names in it. Kept of an import that failed, until it is erased.
ALTER TABLE import_run ADD COLUMN begins TEXT;
`;
