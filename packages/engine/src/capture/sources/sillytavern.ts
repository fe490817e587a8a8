/**
 * SillyTavern: one chat file (`chats/<character>/….jsonl`), or a chat other tools wrote for it, without the first line → canonical.
 * Pure. Swipes of a message are siblings; the one that is chosen is on the branch that is shown.
 */
import type { CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { filePart, linkedPart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { characterHistories, isCharacterExport, readCharacterHistory } from './character-ai.ts';
import { isTurns, readTurns } from './character-turns.ts';
import { rawPart, wordsPart } from './content-blocks.ts';
import { contentKey } from './content-key.ts';
import { asArray, asName, asNumber, asRecord, asRecords, fromJson, isRecord, type JsonRecord } from './json-value.ts';
import { badLineIssues, jsonLines, madeFrom, notAConversation } from './reading.ts';
import { type Claim, claimWhere, firstClaim, type SourceModule } from './source-module.ts';
import { writtenTime } from './written-time.ts';

const isRow = (row: unknown): row is JsonRecord => isRecord(row) && typeof row.mes === 'string';
const isHeader = (row: JsonRecord): boolean =>
  'chat_metadata' in row || ('user_name' in row && 'character_name' in row);

function readChat(bytes: Buffer, context: SourceContext): Reading {
  const { values, bad, piece, first } = jsonLines(bytes);
  const header =
    [first, ...values].filter(isRecord).find((row) => typeof row.mes !== 'string' && isHeader(row)) ?? null;
  const rows = values.filter((value) => value !== header);
  if (!rows.some(isRow)) return notAConversation('The chat has no messages.');
  const turns: Turn[] = [];
  let before: string | null = null;
  rows.forEach((row, ix) => {
    const made = isRow(row) ? turnsOf(row, ix, before) : [strange(row, ix, before)];
    turns.push(...made.map(({ turn }) => turn));
    before = made.find(({ chosen }) => chosen)?.turn.key ?? before;
  });
  const character =
    asName(header?.character_name) ?? asName(rows.filter(isRow).find((row) => row.is_user !== true)?.name);
  const meta = asRecord(header?.chat_metadata);
  const begun = asName(header?.create_date) ?? (asNumber(header?.create_date)?.toString() || null);
  const marks = [character, begun, asName(meta?.integrity)];
  const key = begun === null ? '' : `#${contentKey(piece === 1 ? marks : [...marks, String(piece)])}`;
  const times = rows.filter(isRow).map((row) => writtenTime(row.send_date));
  const reading = buildConversation(
    {
      source: 'sillytavern',
      externalId: null,
      key,
      title: character,
      created: begun === null ? times[0] : writtenTime(begun),
      updated: times.at(-1),
      assistantId: character,
      leaf: before,
      flags: asName(meta?.main_chat) === null ? {} : { forked_from: asName(meta?.main_chat) },
      model: turns.findLast((turn) => (turn.model ?? null) !== null)?.model ?? null,
    },
    turns,
    context,
    'rows',
    badLineIssues(bad),
  );
  return madeFrom(reading, values);
}

interface Made {
  readonly turn: Turn;
  readonly chosen: boolean;
}

const strange = (row: unknown, ix: number, parent: string | null): Made => ({
  turn: { id: null, key: `${ix}/0`, parent, role: 'system', kind: 'runtime', parts: [rawPart(row)] },
  chosen: true,
});

/** The message, and every other answer that was made for its place. */
function turnsOf(row: JsonRecord, ix: number, parent: string | null): Made[] {
  const swipes = asArray(row.swipes);
  const extra = asRecord(row.extra) ?? {};
  if (swipes.length < 2)
    return [{ turn: turnOf(row, asName(row.mes), extra, row.send_date, `${ix}/0`, parent), chosen: true }];
  const infos = asArray(row.swipe_info);
  const last = swipes.length - 1;
  const chosen = Math.min(last, Math.max(0, Math.trunc(asNumber(row.swipe_id) ?? last)));
  return swipes.map((words, number) => {
    const info = asRecord(infos[number]);
    // The text of the one that is chosen may have been edited since.
    const text = number === chosen ? asName(row.mes) : asName(words);
    const own = number === chosen ? extra : (asRecord(info?.extra) ?? {});
    const time = number === chosen ? row.send_date : (info?.send_date ?? row.send_date);
    return { turn: turnOf(row, text, own, time, `${ix}/${number}`, parent), chosen: number === chosen };
  });
}

function turnOf(
  row: JsonRecord,
  text: string | null,
  extra: JsonRecord,
  time: unknown,
  key: string,
  parent: string | null,
): Turn {
  const human = row.is_user === true;
  // `is_system` hides a message from the model; those the program writes say their type.
  const program = row.is_system === true && asName(extra.type) !== null;
  return {
    id: null,
    key,
    parent,
    role: program ? 'system' : human ? 'user' : 'assistant',
    kind: program ? 'runtime' : human ? 'human' : 'model',
    name: asName(row.name),
    parts: [...wordsPart(extra.reasoning, 'reasoning'), ...wordsPart(text), ...filesOf(extra)],
    time: writtenTime(time),
    model: human ? null : asName(extra.model),
    hidden: row.is_system === true ? 'hidden_from_model' : null,
  };
}

const kindOf = (type: unknown): 'image' | 'audio' | undefined =>
  type === 'image' || type === 'audio' ? type : undefined;

function filesOf(extra: JsonRecord): CanonicalPart[] {
  const images = [asName(extra.image), ...asArray(extra.image_swipes).map(asName)].filter((url) => url !== null);
  const media = asRecords(extra.media).flatMap((item) =>
    asName(item.url) === null ? [] : [linkedPart(item.url, kindOf(item.type))],
  );
  const files = [asRecord(extra.file), ...asRecords(extra.files)].flatMap((file) =>
    file === null
      ? []
      : [
          filePart({
            id: asName(file.url),
            name: asName(file.name),
            size: asNumber(file.size),
            text: asName(file.text),
          }),
        ],
  );
  return [...[...new Set(images)].map((url) => linkedPart(url, 'image')), ...media, ...files];
}

function claimOf(row: JsonRecord): Claim | null {
  const why = 'Its rows are messages with `mes` and `is_user`, as SillyTavern writes them.';
  if (isRow(row) && ('is_user' in row || 'send_date' in row)) return { confidence: 0.97, why };
  return 'user_name' in row && 'character_name' in row ? { confidence: 0.9, why } : null;
}

export const sillytavern: SourceModule = {
  source: 'sillytavern',
  version: 4,
  // A checkpoint or branch is a file of its own, with all that was said before in it.
  forks: true,
  formats: [
    { kind: 'json', cut: { kind: 'session' }, claim: firstClaim(claimOf) },
    {
      kind: 'json',
      cut: { kind: 'pieces', split: characterHistories },
      claim: claimWhere(
        isCharacterExport,
        0.95,
        'It holds `histories` of a character, as CAI-Tools saves them from Character.AI.',
      ),
    },
    {
      kind: 'json',
      cut: { kind: 'whole', alsoLists: true },
      claim: (look) =>
        look.rows
          ? null
          : claimWhere(
              isTurns,
              0.96,
              'It holds turns with their candidates, as the site of Character.AI has them.',
            )(look),
    },
  ],
  read: (bytes, context) => readCharacterHistory(bytes, context) ?? turnsIn(bytes, context) ?? readChat(bytes, context),
};

/** Null where the bytes are no turns of a chat. */
function turnsIn(bytes: Buffer, context: SourceContext): Reading | null {
  const value = bytes.includes('"turn_key"') ? fromJson(bytes.toString('utf8')) : undefined;
  const record = asRecord(Array.isArray(value) ? value.find(isRecord) : value);
  return record !== null && isTurns(record) ? madeFrom(readTurns(value, context), [value]) : null;
}
