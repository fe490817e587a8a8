/** Tables of files and artifacts: bytes once each in pieces, what shows them, and every version of a document a model wrote. */
import { attachmentId } from '../../attachment-id.ts';

export const filesTables = `
-- The bytes of files, once each however many messages show them; joined with attachment by their hash.
CREATE TABLE blob (
  pk INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  -- By its first bytes, never by its name; null where they say nothing.
  mime TEXT,
  width INTEGER,
  height INTEGER,
  -- 0 while pieces are still arriving: nobody sees it then.
  complete INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE blob_piece (
  pk INTEGER PRIMARY KEY,
  blob_pk INTEGER NOT NULL REFERENCES blob ON DELETE CASCADE,
  ix INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (blob_pk, ix)
);
ALTER TABLE attachment ADD COLUMN id TEXT;
-- Of a file no conversation mentions: the import that brought it.
ALTER TABLE attachment ADD COLUMN run_pk INTEGER REFERENCES import_run;
DELETE FROM attachment WHERE NOT EXISTS (SELECT 1 FROM part WHERE attachment_pk = attachment.pk);
UPDATE attachment SET id = (
  SELECT attachment_id(attachment.external_id, m.id, p.ix) FROM part p JOIN message m ON m.pk = p.message_pk
  WHERE p.attachment_pk = attachment.pk ORDER BY p.pk LIMIT 1);
CREATE UNIQUE INDEX attachment_id ON attachment(id);
CREATE INDEX attachment_sha ON attachment(sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX attachment_run ON attachment(run_pk) WHERE run_pk IS NOT NULL;
-- 1 where the run took in the files of its export too: what was imported before that existed is read again for them.
ALTER TABLE import_run ADD COLUMN takes_files INTEGER NOT NULL DEFAULT 0;
CREATE TABLE artifact_version (
  pk INTEGER PRIMARY KEY,
  conversation_pk INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
  message_pk INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  part_ix INTEGER NOT NULL,
  key TEXT NOT NULL,
  version INTEGER NOT NULL,
  op TEXT NOT NULL CHECK (op IN ('create','update','rewrite')),
  title TEXT,
  mime TEXT,
  language TEXT,
  text TEXT NOT NULL,
  -- Why the text is not what the person saw, or null.
  problem TEXT,
  -- The version the active branch ends with: the one whose words are found.
  latest INTEGER NOT NULL DEFAULT 0,
  UNIQUE (conversation_pk, key, version)
);
CREATE INDEX artifact_version_message ON artifact_version(message_pk);
`;

/** What the statements above call. */
export const filesFunctions = { attachment_id: attachmentId };
