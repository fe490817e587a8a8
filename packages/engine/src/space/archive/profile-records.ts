/** Topics and entities of an archive, written into a space that becomes what the archive was. Finds nothing and groups nothing. */
import type { ArchivedProfile } from '@vivim/contract/archive';
import { foldOf } from '../name-links.ts';
import type { RecordRows } from './record-rows.ts';

export function putProfile(rows: RecordRows, table: 'topic' | 'entity', profile: ArchivedProfile): void {
  const older = profile.contributions.filter(({ said }) => said === undefined);
  for (const { conversation } of older) {
    const conversationPk = rows.pkOf('conversation', conversation);
    if (conversationPk !== null) rows.insert('outbox', { kind: 'rollup', conversation_pk: conversationPk, at_ms: 0 });
  }
  // Of a server that grouped by other rules: found anew in the background, under the same ids.
  if (older.length > 0) return;
  const named = 'label' in profile ? { label: profile.label } : { name: profile.name, type: profile.type };
  const pk = rows.insert(table, {
    id: profile.id,
    key: profile.key,
    ...named,
    aliases_json: JSON.stringify(profile.aliases),
    conversations: profile.conversations,
    messages: profile.messages,
    acus: profile.acus,
    first_ms: profile.firstMs,
    last_ms: profile.lastMs,
    titled: profile.titled,
    strength: profile.strength,
    weight: profile.weight,
    visible: profile.visible,
    head_key: profile.into ?? null,
    fold: foldOf(table, profile.key),
    said: profile.contributions.length,
  });
  if (pk === null) return;
  // Vectors stay behind: whoever makes them here makes them anew.
  if ('label' in profile && profile.visible && profile.into == null)
    rows.insert('topic_vector', { topic_pk: pk, label: profile.label });
  for (const form of profile.forms) rows.insert(`${table}_form`, { [`${table}_pk`]: pk, ...form });
  for (const { conversation, firstMs, lastMs, forms, said, ...counts } of profile.contributions) {
    const conversationPk = rows.pkOf('conversation', conversation);
    if (conversationPk === null) continue;
    rows.insert(`${table}_conversation`, {
      [`${table}_pk`]: pk,
      conversation_pk: conversationPk,
      ...counts,
      first_ms: firstMs,
      last_ms: lastMs,
      forms_json: JSON.stringify(forms),
      said_json: JSON.stringify(said ?? []),
    });
  }
  for (const { unit, weight } of profile.units) {
    const acuPk = rows.pkOf('acu', unit);
    if (acuPk !== null) rows.insert(`${table}_acu`, { [`${table}_pk`]: pk, acu_pk: acuPk, weight });
  }
}
