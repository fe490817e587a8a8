/** Sessions in many small files: which files are theirs, and that nothing half written or of another session is sent. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findFiles } from './find-files.ts';
import { placeOf, usualPlaces } from './places.ts';
import { heldPieces, piecesOf } from './session-pieces.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'vivim-pieces-'));
});
afterEach(() => rmSync(home, { recursive: true }));

function write(name: string, text = '{}', seconds = 1e9): void {
  const file = path.join(home, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  utimesSync(file, seconds, seconds);
}
const session = () => path.join(home, 'storage/session/p/ses_1.json');
const names = async () => (await piecesOf(session())).map(({ name }) => name);

describe('the pieces of a session', () => {
  beforeEach(() => {
    write('storage/session/p/ses_1.json', '{"id":"ses_1"}');
    write('storage/message/ses_1/msg_1.json', '{"id":"msg_1"}');
    write('storage/part/msg_1/prt_1.json', '{"id":"prt_1"}', 2e9);
    write('storage/session/p/ses_2.json');
    write('storage/message/ses_2/msg_2.json');
    write('storage/part/msg_2/prt_2.json');
    write('storage/part/msg_1/prt_1.json.tmp');
    write('snapshot/session/p/ses_3.json');
  });

  it('are its own file, its messages and their parts, and no other', async () => {
    symlinkSync(path.join(home, 'storage/part/msg_2/prt_2.json'), path.join(home, 'storage/part/msg_1/prt_9.json'));
    expect(await names()).toEqual(['message/ses_1/msg_1.json', 'part/msg_1/prt_1.json', 'session/p/ses_1.json']);
  });

  it('of before July 2025 lie in one folder beside that of their session, and are found all the same', async () => {
    const old = 'project/home-ada-boat/storage/session';
    write(`${old}/info/ses_7.json`, '{"id":"ses_7"}');
    write(`${old}/message/ses_7/msg_7.json`, '{"id":"msg_7"}');
    write(`${old}/part/ses_7/msg_7/prt_7.json`, '{"id":"prt_7"}');
    write(`${old}/message/ses_8/msg_8.json`);
    const found = await findFiles(placeOf('opencode', home));
    expect(found.map(({ path: file }) => path.basename(file)).sort()).toEqual([
      'ses_1.json',
      'ses_2.json',
      'ses_7.json',
    ]);
    expect((await piecesOf(path.join(home, old, 'info/ses_7.json'))).map(({ name }) => name)).toEqual([
      'session/info/ses_7.json',
      'session/message/ses_7/msg_7.json',
      'session/part/ses_7/msg_7/prt_7.json',
    ]);
  });

  it('make one file that is as new as the newest of them, and as large as all', async () => {
    write('opencode.db', 'x');
    const found = await findFiles(placeOf('opencode', home));
    expect(found.map(({ path: file, kind }) => [path.relative(home, file), kind]).sort()).toEqual([
      ['opencode.db', 'database'],
      ['storage/session/p/ses_1.json', 'pieces'],
      ['storage/session/p/ses_2.json', 'pieces'],
    ]);
    expect(found.find(({ path: file }) => file === session())).toMatchObject({ size: 42, mtimeMs: 2e12 });
  });

  it('are held as they are, and none of them is where one is not whole or went away', async () => {
    const pieces = await piecesOf(session());
    const held = await heldPieces(pieces);
    write('storage/part/msg_1/prt_1.json', '{"id":"other"}');
    for await (const bytes of held[1]?.open() ?? []) expect(Buffer.from(bytes).toString()).toBe('{"id":"prt_1"}');
    write('storage/part/msg_1/prt_1.json', '{"id":"prt');
    await expect(heldPieces(pieces)).rejects.toThrow(/prt_1\.json: It is not whole/);
    rmSync(path.join(home, 'storage/part/msg_1'), { recursive: true });
    await expect(heldPieces(pieces)).rejects.toThrow(/prt_1\.json: It cannot be read \(ENOENT\)/);
    expect(await names()).toEqual(['message/ses_1/msg_1.json', 'session/p/ses_1.json']);
  });
});

it('places are looked at no deeper than they say: an extension may keep thousands of files there', async () => {
  const user = '.config/Code/User';
  write(`${user}/workspaceStorage/abc/chatSessions/one.json`);
  write(`${user}/workspaceStorage/abc/some.extension/chatSessions/deep/chatSessions/two.json`);
  write(`${user}/globalStorage/emptyWindowChatSessions/three.jsonl`);
  write(`${user}/globalStorage/rooveterinaryinc.roo-cline/tasks/7/api_conversation_history.json`);
  write('.copilot/session-state/4be2a9c1-0000-4000-8000-000000000001.jsonl');
  const found = (await Promise.all(usualPlaces(home, 'linux').map((place) => findFiles(place)))).flat();
  expect(found.map(({ place, kind, path: file }) => [place.source, kind, path.basename(file)]).sort()).toEqual([
    ['cline', 'whole', 'api_conversation_history.json'],
    ['vscode-copilot', 'lines', '4be2a9c1-0000-4000-8000-000000000001.jsonl'],
    ['vscode-copilot', 'whole', 'one.json'],
    ['vscode-copilot', 'whole', 'three.jsonl'],
  ]);
});

it('places are where variables say, where the program has one, and on each system where it keeps them', () => {
  const foldersOf = (source: string, ...args: Parameters<typeof usualPlaces>) =>
    usualPlaces(...args).flatMap((place) => (place.source === source ? [place.folder] : []));
  const homes = {
    XDG_CONFIG_HOME: '/c',
    XDG_DATA_HOME: '/d',
    APPDATA: '/r',
    CODEX_HOME: '/codex',
    CLAUDE_CONFIG_DIR: '/claude',
    GEMINI_CLI_HOME: '/g',
    COPILOT_HOME: '/copilot',
    LLM_USER_PATH: '/llm',
  };
  expect(foldersOf('opencode', '/h', 'linux', homes)).toEqual(['/d/opencode', '/d/kilo']);
  expect(foldersOf('opencode', '/h', 'win32')).toEqual(['/h/.local/share/opencode', '/h/.local/share/kilo']);
  expect(foldersOf('codex', '/h', 'linux', homes)).toEqual(['/codex/sessions', '/h/.codex/sessions']);
  expect(foldersOf('claude-code', '/h', 'darwin', homes)).toEqual([
    '/claude/projects',
    '/h/.claude/projects',
    '/c/claude/projects',
  ]);
  expect(foldersOf('claude-code', '/h', 'win32')).toEqual(['/h/.claude/projects', '/h/.config/claude/projects']);
  expect(foldersOf('gemini-cli', '/h', 'linux', homes)).toEqual(['/g/.gemini/tmp', '/h/.gemini/tmp']);
  expect(foldersOf('llm', '/h', 'linux', homes)).toEqual(['/llm']);
  expect(foldersOf('llm', '/h', 'linux', { XDG_CONFIG_HOME: '/c' })).toEqual(['/c/io.datasette.llm']);
  expect(foldersOf('vscode-copilot', '/h', 'linux', homes)).toContain('/c/Code/User/workspaceStorage');
  expect(foldersOf('cursor', '/h', 'win32', homes)).toEqual(['/r/Cursor/User', '/h/.cursor/chats']);
  expect(foldersOf('cursor', '/h', 'darwin', homes)[0]).toBe('/h/Library/Application Support/Cursor/User');
  // The same folder twice would be watched twice.
  expect(foldersOf('codex', '/h', 'linux', { CODEX_HOME: '/h/.codex' })).toEqual(['/h/.codex/sessions']);
});
