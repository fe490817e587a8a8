/** A folder on disk: which files of it, in which order, what is said of the rest, and what harms its zip while it is made. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { folderZip } from '@vivim/contract/folder/folder-zip';
import { zipSize } from '@vivim/contract/folder/zip-layout';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderFiles, gotShorter } from './folder-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vivim-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}
const names = async () => (await folderFiles(folder)).files.map(({ name }) => name);

describe('the files of a folder', () => {
  it('come in the order of their names, whatever was written first', async () => {
    for (const name of ['b/z.jsonl', 'b/a.jsonl', 'a.jsonl', 'B.jsonl', 'empty.jsonl'])
      write(name, name.startsWith('empty') ? '' : name);
    expect(await names()).toEqual(['B.jsonl', 'a.jsonl', 'b/a.jsonl', 'b/z.jsonl']);
    expect((await folderFiles(folder)).left).toEqual(['empty.jsonl: it is empty']);
  });

  it('hold nothing of the system, of version control, or of what is installed', async () => {
    for (const name of ['.DS_Store', '._one.jsonl', 'sub/Thumbs.db', '.git/config', 'node_modules/p/readme.md'])
      write(name, 'x');
    write('.aider.chat.history.md', '# aider chat');
    expect(await folderFiles(folder)).toMatchObject({ files: [{ name: '.aider.chat.history.md' }], left: [] });
  });

  it('hold no sign-in that lies beside the sessions, and that is said', async () => {
    for (const name of [
      '.credentials.json',
      'codex/auth.json',
      'gemini/oauth_creds.json',
      'app/.env',
      'keys/server.pem',
    ])
      write(name, 'x');
    write('one.jsonl', '{}');
    const { files, left } = await folderFiles(folder);
    expect(files.map(({ name }) => name)).toEqual(['one.jsonl']);
    expect(left.map((line) => line.split(':')[0])).toEqual([
      '.credentials.json',
      'app/.env',
      'codex/auth.json',
      'gemini/oauth_creds.json',
      'keys/server.pem',
    ]);
  });

  it('are not reached through links, neither to files nor to folders', async () => {
    write('one.jsonl', '{}');
    symlinkSync('/etc/passwd', path.join(folder, 'passwd'));
    symlinkSync('/etc', path.join(folder, 'etc'));
    symlinkSync(folder, path.join(folder, 'again'));
    const { files, left } = await folderFiles(folder);
    expect(files.map(({ name }) => name)).toEqual(['one.jsonl']);
    expect(left).toEqual(['again', 'etc', 'passwd'].map((name) => `${name}: a link, which is not followed`));
  });

  it('that cannot be read are named, and the others come all the same', async () => {
    write('one.jsonl', '{}');
    // No way back from how it is listed to what it is called.
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x62, 0xff, 0x2e, 0x6d])]), 'x');
    write('c\\d.md', 'x');
    const { files, left } = await folderFiles(folder);
    expect(files.map(({ name }) => name)).toEqual(['one.jsonl']);
    expect(left).toEqual(['b\uFFFD.m: it cannot be read (ENOENT)', 'c\\d.md: a zip cannot hold this name']);
  });
});

describe('its zip', () => {
  const zipOf = async (within: string) => {
    const { files } = await folderFiles(within);
    return { said: zipSize(files), zip: await buffer(Readable.from(folderZip(files, gotShorter(within)))) };
  };

  it('is as long as it was said to be, and the same each time', async () => {
    for (const name of ['a.jsonl', 'sub/é.jsonl']) write(name, name.repeat(40_000));
    const [once, again] = [await zipOf(folder), await zipOf(folder)];
    expect(once.zip.length).toBe(once.said);
    expect(again.zip.equals(once.zip)).toBe(true);
  });

  it('holds of a log that grows what was there when it was listed', async () => {
    write('one.jsonl', 'first\n');
    const { files } = await folderFiles(folder);
    appendFileSync(path.join(folder, 'one.jsonl'), 'second\n');
    const zip = await buffer(Readable.from(folderZip(files, gotShorter(folder))));
    expect([zip.length, zip.includes('first'), zip.includes('second')]).toEqual([zipSize(files), true, false]);
  });

  it.each([
    ['got shorter', () => truncateSync(path.join(folder, 'one.jsonl'), 2), /one\.jsonl: It got shorter/],
    ['went away', () => rmSync(path.join(folder, 'one.jsonl')), /one\.jsonl: It cannot be read \(ENOENT\)/],
  ])('fails with the name of a file that %s meanwhile', async (_, harm, said) => {
    write('one.jsonl', 'first\n');
    write('two.jsonl', 'second\n');
    const { files } = await folderFiles(folder);
    harm();
    await expect(buffer(Readable.from(folderZip(files, gotShorter(folder))))).rejects.toThrow(said);
  });
});
