/**
 * A folder given to `vivim import`, by the whole path: its sessions come in once, what is no session of its owner does not, and
 * Bob, who imports a folder of his own, sees his own only.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConversationSummary } from '@vivim/contract/conversation';
import { ImportRun } from '@vivim/contract/imports';
import { page } from '@vivim/contract/page';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../kit/command.ts';
import { type CommonServer, commonServer } from '../kit/common-servers.ts';
import { sessionLine } from '../kit/session-lines.ts';

let server: CommonServer;
let home: string;

const vivim = (profile: string, ...args: string[]) =>
  runCommand(args, { profile, config: path.join(home, '.config'), server: server.url });
const at = (name: string) => path.join(home, name);

function session(file: string, id: string, question: string): void {
  mkdirSync(path.dirname(at(file)), { recursive: true });
  writeFileSync(at(file), sessionLine(id, 0, question) + sessionLine(id, 1, 'In late winter.'));
}

async function seen(profile: string) {
  const run = await vivim(profile, 'conversations', '--json');
  const { items } = page(ConversationSummary).parse(JSON.parse(run.stdout));
  return items.map(({ source, externalId, messageCount }) => [source, externalId, messageCount]).sort();
}

beforeAll(async () => {
  server = await commonServer('off');
  home = mkdtempSync(path.join(tmpdir(), 'vivim-folder-import-'));
  for (const profile of ['alice', 'bob']) expect((await vivim(profile, 'identity', 'create')).code).toBe(0);
  session('alice/projects/-garden/one.jsonl', 'one', 'How do I prune roses?');
  session('alice/projects/-kitchen/two.jsonl', 'two', 'How long does rice cook?');
  session('bob/projects/-boat/three.jsonl', 'three', 'Which knot holds a dinghy?');
  writeFileSync(at('alice/projects/.DS_Store'), 'x');
  writeFileSync(at('alice/projects/.credentials.json'), '{"token":"never-sent"}');
  symlinkSync(at('bob/projects'), at('alice/projects/-bobs'));
}, 120_000);

afterAll(async () => {
  if (home !== undefined) rmSync(home, { recursive: true, force: true });
});

describe('a folder', () => {
  it('comes in whole, without links and sign-ins, which are named', async () => {
    const run = await vivim('alice', 'import', at('alice/projects'));
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining('Claude Code')]);
    expect(run.stderr).toContain('Left out: .credentials.json: its name says');
    expect(run.stderr).toContain('Left out: -bobs: a link');
    expect(await seen('alice')).toEqual([
      ['claude-code', 'one', 2],
      ['claude-code', 'two', 2],
    ]);
    expect(await seen('bob')).toEqual([]);
  });

  it('is the same file when nothing in it changed, and adds what is new when something did', async () => {
    await vivim('alice', 'import', at('alice/projects'));
    const listed = await vivim('alice', 'imports', '--json');
    const { items } = page(ImportRun).parse(JSON.parse(listed.stdout));
    expect(items.map(({ fileName, sameFileAs }) => [fileName, sameFileAs !== null])).toEqual([
      ['projects.zip', true],
      ['projects.zip', false],
    ]);
    session('alice/projects/-garden/four.jsonl', 'four', 'And apple trees?');
    expect((await vivim('alice', 'import', at('alice/projects'))).code).toBe(0);
    expect((await seen('alice')).map(([, id]) => id)).toEqual(['four', 'one', 'two']);
  });

  it('is what its owner says it is', async () => {
    mkdirSync(at('bob/notes'));
    writeFileSync(at('bob/notes/talk.md'), '## User\n\nWhich knot?\n\n## Assistant\n\nA bowline.\n');
    const run = await vivim('bob', 'import', at('bob/notes'), at('bob/projects'), '--source', 'markdown');
    expect(run.stdout).toContain('Markdown');
    expect((await seen('bob')).filter(([source]) => source === 'markdown')).toHaveLength(1);
    expect((await seen('alice')).map(([, id]) => id)).toEqual(['four', 'one', 'two']);
  });

  it('with nothing in it is refused in words', async () => {
    mkdirSync(at('empty'));
    const run = await vivim('bob', 'import', at('empty'));
    expect(run.code).not.toBe(0);
    expect(run.stderr).toContain('There is no file in it to import.');
  });
});
