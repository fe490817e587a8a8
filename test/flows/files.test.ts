/**
 * Files by the whole way over HTTP: an export of sixty shards, one of opaque assets, bytes handed out whole and in ranges with
 * nothing a browser could run; and for anybody else they do not exist.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Attachment } from '@vivim/contract/attachment';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { chatgptConversation, imagePointer } from '../kit/chatgpt-export.ts';
import { runCommand } from '../kit/command.ts';
import { type CommonServer, commonServer } from '../kit/common-servers.ts';
import { pngOf, wavOf } from '../kit/media.ts';
import { importFile, type Person, signUp } from '../kit/people.ts';
import { zipOf } from '../kit/zip-builder.ts';

const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const own = (bytes: Buffer): Buffer<ArrayBuffer> => Buffer.from(bytes);
const picture = pngOf(40, 30);
const sound = wavOf(90);
const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const page = Buffer.from('<!doctype html><script>alert(1)</script>');

const dats = own(
  zipOf([
    {
      name: 'conversations-000.json',
      bytes: JSON.stringify([
        chatgptConversation('dat', 'Opaque', [
          {
            id: 'dat1',
            parts: [imagePointer('sediment://file_00aa', 40, 30), 'what is in it?'],
            attachments: [
              { id: 'file_00bb', name: 'evil.svg', mime_type: 'image/png' },
              { id: 'file_00cc', name: 'page "x";\r\nevil: 1.png', mime_type: 'image/png' },
              { id: 'file_00ee', name: 'gone.pdf', mime_type: 'application/pdf' },
            ],
          },
          {
            id: 'dat2',
            parts: [{ content_type: 'audio_asset_pointer', asset_pointer: 'sediment://file_00dd', format: 'wav' }],
          },
        ]),
      ]),
    },
    { name: 'file_00aa.dat', bytes: picture },
    { name: 'file_00bb.dat', bytes: drawing },
    { name: 'file_00cc.dat', bytes: page },
    { name: 'file_00dd.dat', bytes: sound },
    { name: 'conversation_asset_file_names.json', bytes: JSON.stringify({ 'file_00aa.dat': 'Holiday.png' }) },
  ]),
);

const sixty = own(
  zipOf(
    Array.from({ length: 60 }, (_, shard) => ({
      name: `conversations-${String(shard).padStart(3, '0')}.json`,
      bytes: JSON.stringify(
        Array.from({ length: 3 }, (_, ix) =>
          chatgptConversation(`s${shard}-${ix}`, `Shard ${shard}, ${ix}`, [
            { id: `s${shard}-${ix}a`, parts: [`Question ${shard} ${ix}`] },
            { id: `s${shard}-${ix}b`, role: 'assistant', parts: [`Answer ${shard} ${ix}`] },
          ]),
        ),
      ),
    })),
  ),
);

describe('files over HTTP', () => {
  let server: CommonServer;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    server = await commonServer('off');
    [alice, bob] = await Promise.all([signUp(server.url), signUp(server.url)]);
    await Promise.all([importFile(alice, 'opaque.zip', dats), importFile(bob, 'sixty.zip', sixty)]);
  }, 120_000);

  async function get(person: Person, path: string, headers: Record<string, string> = {}) {
    const url = `${server.url}${path}`;
    return fetch(url, { headers: { ...headers, ...(await person.authorize('GET', url)) } });
  }
  const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
  async function files() {
    const { items } = await alice.client.listAttachments({});
    return (id: string) => {
      const found = items.find(({ name, sha256 }) => name === id || sha256 === id);
      if (found === undefined) throw new Error(`There is no ${id}.`);
      return found;
    };
  }

  it('takes in sixty shards, every conversation once', async () => {
    const { items } = await bob.client.listImports({});
    expect(items).toMatchObject([
      { state: 'done', report: { conversations: { added: 180 }, messages: { added: 360 }, issueCount: 0 } },
    ]);
    expect((await bob.client.getSpace({})).counts).toMatchObject({ conversations: 180, files: 0 });
  });

  it('knows opaque assets by their bytes and their list of names', async () => {
    const file = await files();
    expect(file('Holiday.png')).toMatchObject({
      mime: 'image/png',
      shownAs: 'image',
      width: 40,
      height: 30,
      sha256: sha(picture),
    });
    expect(file('evil.svg')).toMatchObject({ stored: true, shownAs: null });
    expect(file(sha(sound))).toMatchObject({ shownAs: 'audio', mime: 'audio/wav' });
    expect(file('gone.pdf')).toMatchObject({ status: 'missing', stored: false, sha256: null });
    expect((await alice.client.getSpace({})).bytes.files).toBe(
      picture.length + drawing.length + page.length + sound.length,
    );
    const { items } = await alice.client.listConversations({});
    const messages = await alice.client.listMessages({ params: { id: items[0]?.id as never } });
    expect(messages.items[0]?.parts[0]?.attachment).toMatchObject({
      id: file('Holiday.png').id,
      stored: true,
      width: 40,
    });
  });

  it('hands bytes out whole, with a tag, to be shown and never run', async () => {
    const file = await files();
    const answer = await get(alice, `/v1/attachments/${file('Holiday.png').id}/content`);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(picture.length),
      'content-disposition': 'inline; filename="Holiday.png"',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'cache-control': 'private, no-store',
      'accept-ranges': 'bytes',
      etag: `"${sha(picture)}"`,
    });
    expect((await bytesOf(answer)).equals(picture)).toBe(true);
    const again = await get(alice, `/v1/attachments/${file('Holiday.png').id}/content`, {
      'if-none-match': `"${sha(picture)}"`,
    });
    expect([again.status, (await bytesOf(again)).length]).toEqual([304, 0]);
  });

  it.each(['evil.svg', 'page "x";\r\nevil: 1.png'])(
    'never shows a program, whatever it is called: %s',
    async (name) => {
      const file = await files();
      const answer = await get(alice, `/v1/attachments/${file(name).id}/content`);
      expect(answer.headers.get('content-type')).toBe('application/octet-stream');
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[^"\r\n]+"$/);
      expect(answer.headers.get('evil')).toBeNull();
      await answer.arrayBuffer();
    },
  );

  it('hands out ranges, over the border of pieces too', async () => {
    const path = `/v1/attachments/${(await files())(sha(sound)).id}/content`;
    const size = sound.length;
    for (const [range, from, to] of [
      ['bytes=0-99', 0, 100],
      ['bytes=262100-262200', 262100, 262201],
      [`bytes=${size - 5}-`, size - 5, size],
      ['bytes=-7', size - 7, size],
      ['bytes=10-99999999', 10, size],
    ] as const) {
      const answer = await get(alice, path, { range });
      expect([answer.status, answer.headers.get('content-range')], range).toEqual([
        206,
        `bytes ${from}-${to - 1}/${size}`,
      ]);
      expect((await bytesOf(answer)).equals(sound.subarray(from, to)), range).toBe(true);
    }
    const beyond = await get(alice, path, { range: `bytes=${size}-` });
    expect([beyond.status, ((await beyond.json()) as { code: string }).code]).toEqual([416, 'range_invalid']);
    for (const range of ['bytes=5-1', 'lines=1-2', 'bytes=0-1,5-6', 'bytes=-']) {
      const answer = await get(alice, path, { range });
      expect([answer.status, (await bytesOf(answer)).length], range).toEqual([200, size]);
    }
    const changed = await get(alice, path, { range: 'bytes=0-9', 'if-range': '"another"' });
    expect([changed.status, (await bytesOf(changed)).length]).toEqual([200, size]);
  });

  it('answers anybody else as of a file that never was', async () => {
    const file = await files();
    const never = `f_${'a'.repeat(32)}`;
    for (const end of ['', '/content']) {
      const answers = await Promise.all(
        [file('Holiday.png').id, never].map(async (id) => {
          const answer = await get(bob, `/v1/attachments/${id}${end}`);
          const { traceId: _, ...body } = (await answer.json()) as Record<string, unknown>;
          return [answer.status, answer.headers.get('content-security-policy'), body];
        }),
      );
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0]?.[0]).toBe(404);
    }
    expect((await fetch(`${server.url}/v1/attachments/${file('Holiday.png').id}/content`)).status).toBe(401);
    expect((await bob.client.listAttachments({})).items).toEqual([]);
  });

  it('does not have what no export held', async () => {
    const answer = await get(alice, `/v1/attachments/${(await files())('gone.pdf').id}/content`);
    expect(answer.status).toBe(404);
    await answer.body?.cancel();
  });

  it('are listed and saved by the command, and nothing is replaced', async () => {
    const home = mkdtempSync(join(tmpdir(), 'vivim-files-'));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    const file = join(home, 'opaque.zip');
    writeFileSync(file, dats);
    const vivim = (profile: string, ...args: string[]) =>
      runCommand(args, { config: home, server: server.url, profile });
    for (const profile of ['carol', 'dave']) expect((await vivim(profile, 'identity', 'create')).code).toBe(0);
    const imported = await vivim('carol', 'import', file);
    expect(imported.stdout).toContain('files          4 stored');
    const listed = JSON.parse((await vivim('carol', 'attachments', '--json')).stdout) as { items: Attachment[] };
    const [photo, gone] = ['Holiday.png', 'gone.pdf'].map((name) => listed.items.find((item) => item.name === name));
    const target = join(home, 'saved.png');
    const get = (profile: string, id = '') => vivim(profile, 'attachments', 'get', id, '-o', target);
    expect((await get('dave', photo?.id)).stderr).toMatch(/There is nothing|not/i);
    expect((await get('carol', gone?.id)).stderr).toContain('No export you imported holds this file');
    expect(existsSync(target)).toBe(false);
    expect((await get('carol', photo?.id)).code).toBe(0);
    expect(readFileSync(target).equals(picture)).toBe(true);
    expect((await get('carol', photo?.id)).stderr).toContain('is there already');
  }, 60_000);
});
