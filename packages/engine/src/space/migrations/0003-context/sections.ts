/** Bundles in sections, each with what it is made from: what changes makes anew only the sections it is in. All are derived. */
export const sectionTables = `
DROP TABLE bundle_source;
CREATE TABLE bundle_source (
  bundle_pk INTEGER NOT NULL REFERENCES bundle ON DELETE CASCADE,
  -- '' for what the bundle as a whole is made from.
  section TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (kind, key, bundle_pk, section)
) WITHOUT ROWID;
CREATE INDEX bundle_source_bundle ON bundle_source(bundle_pk, section);
CREATE TABLE bundle_section (
  pk INTEGER PRIMARY KEY,
  bundle_pk INTEGER NOT NULL REFERENCES bundle ON DELETE CASCADE,
  section TEXT NOT NULL,
  dirty INTEGER NOT NULL DEFAULT 0,
  lines_json TEXT NOT NULL,
  UNIQUE (bundle_pk, section)
);
UPDATE bundle SET dirty = 1;
`;
