/**
 * ChatGPT: what a person had Sora make (`sora.json`) → a conversation for each prompt, with what came of it as references. Pure. Nobody has shown
 * a filled file: the names are those of the site's own interface (`{id: 'task_…', prompt, generations: [{id: 'gen_…'}]}`).
 */
import type { CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { filePart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { wordsPart } from './content-blocks.ts';
import { asId, asName, asRecords, type JsonRecord } from './json-value.ts';
import { notAConversation } from './reading.ts';
import { model, person } from './speakers.ts';

export const isSoraTask = (record: JsonRecord): boolean =>
  typeof record.prompt === 'string' &&
  !('mapping' in record || 'messages' in record) &&
  (/^(?:task|gen)_/.test(asId(record.id) ?? '') || (Array.isArray(record.generations) && 'id' in record));

export function readSoraTask(record: JsonRecord, context: SourceContext): Reading {
  const id = asId(record.id);
  const externalId = id === null ? null : `sora:${id}`;
  const asked = wordsPart(record.prompt);
  // A list of what was made has the prompt on each.
  const made = id?.startsWith('gen_') ? [record] : asRecords(record.generations);
  const files = made.flatMap((one): CanonicalPart[] => {
    const own = asId(one.id);
    return own === null ? [] : [filePart({ id: own, name: asName(one.title) ?? own }, 'file')];
  });
  if (asked.length === 0 && files.length === 0) return notAConversation('Nothing was asked for.', { externalId });
  const time = record.created_at ?? made[0]?.created_at;
  const why = wordsPart(record.failure_reason, 'error');
  const turns: Turn[] = [
    { id: null, key: 'prompt', ...person, parts: asked, time },
    { id: null, key: 'made', ...model, model: asName(record.model), parts: [...files, ...why], time },
  ];
  return buildConversation(
    {
      source: 'chatgpt',
      externalId,
      title: asName(record.title),
      created: time,
      updated: record.updated_at ?? time,
      flags: { sora: true },
    },
    turns.filter(({ parts }) => parts.length > 0),
    context,
  );
}
