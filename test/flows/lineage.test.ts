/**
 * Forked and resumed sessions of an agent, by the whole path: who goes on from whom is the same in whatever order the files came,
 * goes away with what is erased, and never leads to another person, who has the same sessions.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Conversation, ConversationSummary } from '@vivim/contract/conversation';
import { page } from '@vivim/contract/page';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../kit/command.ts';
import { type CommonServer, commonServer } from '../kit/common-servers.ts';

let server: CommonServer;
let home: string;
const vivim = (profile: string, ...args: string[]) =>
  runCommand(args, { profile, config: path.join(home, '.config'), server: server.url });

/** A session as Codex writes it: the whole history again, its ids and times anew. */
function rollout(id: string, minute: number, words: readonly string[]): string {
  const at = (n: number) => new Date(1_780_000_000_000 + (minute * 60 + n) * 1000).toISOString();
  const rows = words.map((text, n) => {
    const role = n % 2 === 0 ? 'user' : 'assistant';
    const content = [{ type: n % 2 === 0 ? 'input_text' : 'output_text', text }];
    return {
      timestamp: at(n + 1),
      type: 'response_item',
      payload: { type: 'message', id: `${id}-${n}`, role, content },
    };
  });
  const head = { timestamp: at(0), type: 'session_meta', payload: { id, timestamp: at(0), cwd: '/home/a' } };
  const file = path.join(home, `rollout-${id}.jsonl`);
  writeFileSync(file, `${[head, ...rows].map((row) => JSON.stringify(row)).join('\n')}\n`);
  return file;
}

const history = ['How do I prune roses?', 'In late winter.', 'And apple trees?', 'In late winter too.'];

async function lineage(profile: string): Promise<Record<string, unknown>> {
  const listed = page(ConversationSummary).parse(JSON.parse((await vivim(profile, 'conversations', '--json')).stdout));
  const names = new Map(listed.items.map(({ id, externalId }) => [id as string, externalId]));
  const found: Record<string, unknown> = {};
  for (const { id, externalId } of listed.items) {
    const read = JSON.parse((await vivim(profile, 'conversations', id, '--json')).stdout);
    const { parent, children } = Conversation.parse(read.conversation).lineage;
    found[externalId ?? ''] = [
      parent && [names.get(parent.id), parent.kind, parent.sharedMessages],
      children.map((child) => [names.get(child.id), child.sharedMessages]),
    ];
  }
  return found;
}

beforeAll(async () => {
  server = await commonServer('off');
  home = mkdtempSync(path.join(tmpdir(), 'vivim-lineage-'));
  for (const profile of ['alice', 'bob']) expect((await vivim(profile, 'identity', 'create')).code).toBe(0);
}, 120_000);
afterAll(async () => {
  if (home !== undefined) rmSync(home, { recursive: true, force: true });
});

describe('lineage', () => {
  it('is the same for two people who brought the sessions in in opposite order', async () => {
    const files = [
      rollout('first', 0, history),
      rollout('resumed', 10, [...history, 'And pears?', 'The same.']),
      rollout('forked', 20, [...history.slice(0, 2), 'And figs?', 'In spring.']),
      rollout('other', 30, ['How do I prune roses?', 'Who knows.']),
    ];
    await vivim('alice', 'import', ...files);
    await vivim('bob', 'import', ...files.toReversed());
    const expected = {
      first: [
        null,
        [
          ['resumed', 4],
          ['forked', 2],
        ],
      ],
      resumed: [['first', 'resume', 4], []],
      forked: [['first', 'fork', 2], []],
      other: [null, []],
    };
    expect(await lineage('alice')).toEqual(expected);
    expect(await lineage('bob')).toEqual(expected);
  });

  it('is said where a session is read', async () => {
    const listed = page(ConversationSummary).parse(
      JSON.parse((await vivim('alice', 'conversations', '--json')).stdout),
    );
    const idOf = (name: string) => listed.items.find(({ externalId }) => externalId === name)?.id ?? '';
    expect((await vivim('alice', 'conversations', idOf('forked'))).stdout).toContain(`continues ${idOf('first')}`);
    expect((await vivim('alice', 'conversations', idOf('first'))).stdout).toContain('(4 messages shared)');
  });

  it('leads to nothing that was erased, and stays as it is for the other', async () => {
    const listed = page(ConversationSummary).parse(
      JSON.parse((await vivim('alice', 'conversations', '--json')).stdout),
    );
    const first = listed.items.find(({ externalId }) => externalId === 'first')?.id ?? '';
    expect((await vivim('alice', 'erase', 'conversation', first, '--yes')).code).toBe(0);
    expect(await lineage('alice')).toEqual({
      resumed: [null, [['forked', 2]]],
      forked: [['resumed', 'fork', 2], []],
      other: [null, []],
    });
    expect((await lineage('bob')).forked).toEqual([['first', 'fork', 2], []]);
  });
});
