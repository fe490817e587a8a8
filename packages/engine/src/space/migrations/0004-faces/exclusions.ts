/** What a unit said that is kept out: its words stay out when the unit itself is cut otherwise, or gone from where it was. */
export const exclusionWords = `
ALTER TABLE exclusion ADD COLUMN text_key TEXT;
UPDATE exclusion SET text_key = (
  SELECT a.text_key FROM acu a
  WHERE a.pk = coalesce((SELECT pk FROM acu WHERE id = exclusion.key), (SELECT acu_pk FROM former_acu WHERE id = exclusion.key)))
WHERE kind = 'unit';
`;
