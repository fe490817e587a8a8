/** The units that say most of a topic or an entity, found without a look at all of its units: one may have hundreds of thousands. */
export const heaviestUnits = `
CREATE INDEX topic_acu_weight ON topic_acu(topic_pk, weight);
CREATE INDEX entity_acu_weight ON entity_acu(entity_pk, weight);
`;
