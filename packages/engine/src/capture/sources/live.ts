/**
 * What live capture keeps of an exchange (capture/live/exchange-record.ts) → canonical. Pure. A record holds what was new; where
 * that hangs in earlier records is told by a key, and joining the records makes the conversation.
 */

import type { Source } from '@vivim/contract/conversation';
import { liveDialects } from '@vivim/contract/live';
import type { CanonicalIssue, CanonicalMessage, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { sourceOf } from '../live/exchange-record.ts';
import { settingParts, turnParts } from '../live/turn-parts.ts';
import type { WireTurn } from '../live/wire-turns.ts';
import { unknownIssues } from './content-blocks.ts';
import { asArray, asName, asRecord, asRecords, distinctKey, type JsonRecord, toJson } from './json-value.ts';
import { jsonReader, notAConversation } from './reading.ts';
import { claimWhere, type SourceModule } from './source-module.ts';
import { sourceTime } from './source-time.ts';

const dialectOf = (record: JsonRecord) => liveDialects.find((dialect) => dialect === record.dialect) ?? null;

/** How a hidden system prompt is found again from the messages below it. */
export const settingMark = 'setting:';

const speakers = ['user', 'assistant', 'system', 'tool'] as const;

function readExchange(source: Source, value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const dialect = record === null ? null : dialectOf(record);
  const thread = asName(record?.thread);
  if (record === null || dialect === null || thread === null || sourceOf(dialect) !== source)
    return notAConversation('The entry is no record of an exchange.');
  const names = new Map(
    Object.entries(asRecord(record.names) ?? {}).flatMap(([id, name]) =>
      asName(name) === null ? [] : [[id, String(name)] as const],
    ),
  );
  const model = asName(record.model);
  const issues: CanonicalIssue[] = [];
  const messages: CanonicalMessage[] = [];
  const children = new Map<string | null, number>();
  for (const turn of asRecords(record.turns)) {
    const known = asName(turn.key);
    const key = known === null ? null : distinctKey(known);
    if (key === null || messages.some((message) => message.key === key)) continue;
    const said = asName(turn.parent);
    const parent = said === null ? null : distinctKey(said);
    const here = parent !== null && messages.some((message) => message.key === parent);
    const parentKey = here ? parent : null;
    const siblingIx = children.get(parentKey) ?? 0;
    children.set(parentKey, siblingIx + 1);
    const body = bodyOf(turn);
    issues.push(...unknownIssues(`turns/${messages.length}`, body.unknown));
    messages.push({
      key,
      externalId: body.externalId ?? known,
      parentKey,
      ...(here || parent === null ? {} : { answersKey: parent }),
      siblingIx,
      role: body.role,
      authorName: body.name,
      authorKind: body.kind,
      model: turn.by === 'model' ? model : null,
      channel: null,
      created: sourceTime(turn.at),
      hidden: body.hidden !== null,
      hiddenReason: body.hidden,
      status: asName(turn.status),
      weight: null,
      onActivePath: false,
      parts: body.parts,
    });
  }
  const leaf = messages.at(-1)?.key ?? null;
  const path = new Set<string>();
  const byKey = new Map(messages.map((message) => [message.key, message]));
  for (let at = leaf; at !== null; at = byKey.get(at)?.parentKey ?? null) path.add(at);
  return {
    outcome: 'conversation',
    conversation: {
      source,
      accountHash: context.accountHash,
      externalId: thread,
      key: thread,
      title: asName(record.title),
      created: sourceTime(messages.some(({ answersKey }) => answersKey !== undefined) ? null : record.at),
      updated: sourceTime(record.updated),
      activeLeafKey: leaf,
      projectId: null,
      assistantId: null,
      defaultModel: model,
      flags: asRecord(record.flags) ?? {},
      branchPoints: [...children.values()].filter((count) => count > 1).length,
      piece: true,
      messages: messages.map((message) => ({ ...message, onActivePath: path.has(message.key) })),
    },
    issues,
  };

  function bodyOf(turn: JsonRecord): Body {
    const wire = asRecord(turn.wire) ?? {};
    if (turn.by === 'setting') {
      const parts = settingParts(asArray(wire.setting));
      const externalId = `${settingMark}${asName(wire.identity) ?? ''}`;
      return { ...quiet, role: 'system', kind: 'runtime', hidden: 'system_prompt', externalId, parts };
    }
    if (turn.by === 'fault') {
      const part: CanonicalPart = { kind: 'error', text: asName(wire.message), json: toJson(wire.body) ?? '{}' };
      return { ...quiet, role: 'assistant', kind: 'runtime', parts: [part] };
    }
    const speaker: WireTurn['speaker'] = speakers.find((one) => one === turn.speaker) ?? 'user';
    return { ...quiet, ...turnParts(dialect ?? 'chat', { speaker, wire }, names) };
  }
}

type Body = ReturnType<typeof turnParts> & { readonly hidden: string | null; readonly externalId: string | null };
const quiet = { name: null, hidden: null, externalId: null, unknown: [] } as const;

const moduleFor = (source: Source): SourceModule => ({
  source,
  formats: [
    {
      kind: 'json',
      cut: { kind: 'lines' },
      claim: claimWhere(
        (record) => {
          const dialect = dialectOf(record);
          return record.vivimExchange === 1 && dialect !== null && sourceOf(dialect) === source;
        },
        0.99,
        'Its entries are `vivimExchange` records, as live capture keeps them.',
      ),
    },
  ],
  read: jsonReader((value, context) => readExchange(source, value, context)),
});

export const openaiApi = moduleFor('openai-api');
export const anthropicApi = moduleFor('anthropic-api');
