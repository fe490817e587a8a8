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
