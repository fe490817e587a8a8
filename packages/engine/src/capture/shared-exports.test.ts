/** Every export that lies beside the project, brought in whole: counts are those of an independent counter. */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Message } from '@vivim/contract/conversation';
import type { ConversationId } from '@vivim/contract/ids';
import { expect, it } from 'vitest';
import { fileOf, newCapture } from '../../../../test/kit/capture.ts';
import { entriesOf, tally } from '../../../../test/kit/import-entries.ts';
import { describeShared, sharedPath } from '../../../../test/kit/shared.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { planExport } from './export-plan.ts';
import { elementsFrom } from './import-run.ts';
import { readRecord } from './read-record.ts';

interface Counts {
  readonly file: string;
  readonly format: string;
  readonly conversations?: number;
  readonly messages?: number;
  readonly roles?: Readonly<Record<string, number>>;
  readonly invalid?: number;
  readonly entries_without_response?: number;
  readonly active_path?: number;
  readonly branch_points?: number;
  readonly hidden?: number;
  readonly unique_conversation_ids?: number;
  readonly unique_messages?: number;
}

const exports = 'fixtures/exports';
const read = (file: string) => readFileSync(sharedPath(exports, file));
const counted = (): Counts[] => JSON.parse(read('counts.json').toString());
const importable = (): Counts[] =>
  (existsSync(sharedPath(exports)) ? counted() : []).filter(({ messages }) => messages !== undefined);

/** What the counter calls a role where it kept the source's own word. */
const roleOf: Readonly<Record<string, string>> = {
  human: 'user',
  gpt: 'assistant',
  model: 'assistant',
  gemini: 'assistant',
  info: 'system',
  function_call: 'assistant',
  observation: 'tool',
};
const rolesOf = (roles: Readonly<Record<string, number>>): Record<string, number> => {
  const all: Record<string, number> = {};
  for (const [name, count] of Object.entries(roles))
    all[roleOf[name] ?? name] = (all[roleOf[name] ?? name] ?? 0) + count;
  return all;
};

/** What the counter counted as messages, where that is not each message: the person's turns, or only those shown. */
const countedMessages: Readonly<Record<string, 'user' | 'shown'>> = {
  'aider-history': 'user',
  lmstudio: 'shown',
  sillytavern: 'shown',
};

/** What the records of a file hold, each counted where it stands. */
async function standing({ file, format }: Counts) {
  const plan = await planExport(fileOf(read(file)), basename(file), null);
  const total = { conversations: 0, messages: 0, invalid: 0, active_path: 0, branch_points: 0, hidden: 0 };
  const roles: Record<string, number> = {};
  for await (const element of { [Symbol.asyncIterator]: () => elementsFrom(plan, { stream: 0, element: 0 }) }) {
    const reading = readRecord(element.stream.source, element.bytes ?? Buffer.alloc(0), plan.context);
    if (reading.outcome === 'skipped') {
      total.invalid += 1;
      continue;
    }
    const { messages, branchPoints } = reading.conversation;
    const which = countedMessages[format];
    const counts = messages.filter(
      ({ role, onActivePath }) => which === undefined || (which === 'user' ? role === 'user' : onActivePath),
    );
    total.conversations += 1;
    total.messages += counts.length;
    total.branch_points += branchPoints;
    total.active_path += messages.filter((message) => message.onActivePath).length;
    total.hidden += messages.filter((message) => message.hidden).length;
    for (const { role } of counts) roles[role] = (roles[role] ?? 0) + 1;
  }
  return { ...total, roles };
}

/** Every message of a space, through the pages the API gives. */
function messagesIn(space: UserSpace): Message[] {
  const all: Message[] = [];
  const ids: ConversationId[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = space.read((r) => r.conversations.page({ limit: 7, cursor: cursor ?? undefined }));
    ids.push(...page.items.map((item) => item.id));
    cursor = page.nextCursor;
  }
  for (const id of ids) {
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = space.read((r) =>
        r.conversations.messages(id, { limit: 5, branches: 'all', cursor: cursor ?? undefined }),
      );
      if (page === null) throw new Error('A conversation that is listed is gone.');
      all.push(...page.items);
      cursor = page.nextCursor;
    }
  }
  return all;
}

describeShared(exports, 'exports beside the project', () => {
  const files = importable();

  it.each(files.map((counts) => [counts.file, counts] as const))(
    '%s is read as the counter read it',
    async (_, counts) => {
      const found = await standing(counts);
      const { conversations, messages, active_path, branch_points, hidden, invalid } = counts;
      const roles = Object.keys(counts.roles ?? {}).length > 0 ? rolesOf(counts.roles ?? {}) : undefined;
      const given = { conversations, messages, roles, active_path, branch_points, hidden, invalid };
      expect(found).toMatchObject(JSON.parse(JSON.stringify(given)));
    },
  );

  it.each(files.map((counts) => [counts.file, counts] as const))(
    '%s comes in whole, once, for one person',
    async (file, counts) => {
      const { alice, bob } = twoSpaces();
      const capture = newCapture(alice);
      const run = await capture.bring({ bytes: read(file), name: basename(file) });
      expect(run.state).toBe('done');
      const conversations = counts.unique_conversation_ids ?? counts.conversations;
      const messages =
        counts.format in countedMessages ? run.report.messages.added : (counts.unique_messages ?? counts.messages);
      expect(messages).toBeGreaterThanOrEqual(counts.unique_messages ?? counts.messages ?? 0);
      expect(run.report.conversations).toMatchObject({
        added: conversations,
        updated: 0,
        unchanged: 0,
        skipped: counts.invalid ?? counts.entries_without_response ?? 0,
      });
      expect(run.report.messages).toMatchObject({ added: messages, updated: 0, unchanged: 0, skipped: 0 });
      expect(tally(entriesOf(alice, run.id))).toEqual(run.report.conversations);
      const stored = messagesIn(alice);
      expect(stored).toHaveLength(messages ?? -1);
      expect(alice.read((r) => r.counts())).toMatchObject({ conversations, messages, acus: run.report.acus });
      if (messages === counts.messages && counts.active_path !== undefined) {
        expect(stored.filter((message) => message.onActivePath)).toHaveLength(counts.active_path);
        if (counts.hidden !== undefined) expect(stored.filter((message) => message.hidden)).toHaveLength(counts.hidden);
      }
      expect(bob.read((r) => r.counts())).toMatchObject({ conversations: 0, messages: 0, acus: 0, imports: 0 });
    },
  );

  it('tells the branches of the kitchen sink from its orphans', async () => {
    const { alice } = twoSpaces();
    await newCapture(alice).bring({ bytes: read('chatgpt/synthetic-kitchen-sink-sharded.zip'), name: 'export.zip' });
    const groups = new Set(
      messagesIn(alice)
        .filter(({ siblings }) => siblings.length > 1)
        .map(({ siblings }) => siblings.join()),
    );
    // An edited first prompt, a regenerated answer, and the one the second shard adds.
    expect(groups.size).toBe(3);
    const byExternalId = new Map(messagesIn(alice).map((message) => [message.externalId, message]));
    expect(byExternalId.get('q-orphan')?.siblings).toHaveLength(1);
    expect(byExternalId.get('b-u1')?.siblings).toEqual([byExternalId.get('b-u1')?.id, byExternalId.get('b-u1x')?.id]);
    expect(byExternalId.get('b-a5')?.onActivePath).toBe(true);
    expect(byExternalId.get('b-a3')?.onActivePath).toBe(false);
  });

  it.each([
    ['bomb-64MB-1000to1.zip', 'import_too_large', /conversations\.json.*limit/],
    ['deep-nesting-20000.json', 'import_json_invalid', /levels, the limit/],
    ['duplicate-member.zip', 'import_archive_invalid', /two entries named conversations\.json/],
    ['empty.zip', 'import_format_unknown', /empty/],
    ['not-an-export.zip', 'import_format_unknown', /Nothing in the archive/],
    ['truncated.json', 'import_json_invalid', /entry 1/],
    ['truncated.zip', 'import_archive_invalid', /cut off/],
  ])('hostile/%s fails with %s and says why', async (file, code, detail) => {
    const { alice } = twoSpaces();
    const run = await newCapture(alice).bring({ bytes: read(`hostile/${file}`), name: file });
    expect(run).toMatchObject({ state: 'failed', error: { code, detail: expect.stringMatching(detail) } });
    expect(alice.read((r) => r.counts())).toMatchObject({ conversations: 0, messages: 0, acus: 0 });
  });

  it('hostile/nested-zip.zip is a wrapping around an export, and comes in as it', async () => {
    const { alice, bob } = twoSpaces();
    const run = await newCapture(alice).bring({ bytes: read('hostile/nested-zip.zip'), name: 'nested-zip.zip' });
    await newCapture(bob).bring({ bytes: read('chatgpt/synthetic-kitchen-sink-sharded.zip'), name: 'export.zip' });
    expect(run.state).toBe('done');
    expect(alice.read((r) => r.counts())).toEqual(bob.read((r) => r.counts()));
  });

  it.each([
    ['path-traversal.zip', 'entry_path_invalid', 5],
    ['symlink.zip', 'entry_is_link', 1],
  ])('hostile/%s comes in without the entries that lead out', async (file, code, count) => {
    const { alice } = twoSpaces();
    const run = await newCapture(alice).bring({ bytes: read(`hostile/${file}`), name: file });
    expect(run.state).toBe('done');
    expect(run.report.issues.map((issue) => issue.code)).toEqual(Array.from({ length: count }, () => code));
    expect(run.report.conversations.added).toBe(1);
  });
});
