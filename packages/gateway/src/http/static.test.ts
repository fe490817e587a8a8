/** Web files: only those below the directory, with the right lifetime, and a page for every address of the application. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { serveStatic } from './static.ts';

const folder = mkdtempSync(join(tmpdir(), 'vivim-static-'));
const web = join(folder, 'dist');
mkdirSync(join(web, 'assets'), { recursive: true });
writeFileSync(join(web, 'index.html'), '<!doctype html><title>page</title>');
writeFileSync(join(web, 'assets', 'main-B3xK9q_Z.js'), 'void 0');
writeFileSync(join(web, 'favicon.svg'), '<svg/>');
writeFileSync(join(web, 'icon-full-512.png'), 'icon');
writeFileSync(join(web, 'assets', 'large-B3xK9q_Z.js'), 'void 0;\n'.repeat(2_000));
writeFileSync(join(web, '.env'), 'secret');
writeFileSync(join(folder, 'outside.txt'), 'secret');
symlinkSync(join(folder, 'outside.txt'), join(web, 'link.txt'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  serveStatic(web, new Request(`http://localhost${path}`, { headers, method }));

describe('web files', () => {
  it('with a hash in their name are kept for ever, the page never', async () => {
    const script = await get('/assets/main-B3xK9q_Z.js');
    expect(script?.headers.get('cache-control')).toContain('immutable');
    expect(script?.headers.get('content-type')).toContain('text/javascript');
    for (const path of ['/', '/index.html', '/favicon.svg', '/icon-full-512.png']) {
      expect(`${path} ${(await get(path))?.headers.get('cache-control')}`).toBe(`${path} no-cache`);
    }
  });

  it('go compressed to who takes them so, and to nobody else', async () => {
    const path = '/assets/large-B3xK9q_Z.js';
    const plain = await get(path);
    const squeezed = await get(path, { 'accept-encoding': 'br, gzip;q=0.8' });
    expect(plain?.headers.get('content-encoding')).toBeNull();
    expect(squeezed?.headers.get('content-encoding')).toBe('gzip');
    expect([plain, squeezed].map((answer) => answer?.headers.get('vary'))).toEqual([
      'accept-encoding',
      'accept-encoding',
    ]);
    const bytes = Buffer.from((await squeezed?.arrayBuffer()) ?? new ArrayBuffer());
    expect(squeezed?.headers.get('content-length')).toBe(String(bytes.length));
    expect(bytes.length).toBeLessThan(1_000);
    expect(gunzipSync(bytes).toString()).toBe(await plain?.text());
    const etag = squeezed?.headers.get('etag') ?? '';
    expect(etag).not.toBe(plain?.headers.get('etag'));
    expect((await get(path, { 'accept-encoding': 'gzip', 'if-none-match': etag }))?.status).toBe(304);
    expect((await get(path, { 'if-none-match': etag }))?.status).toBe(200);
    expect((await get(path, { 'accept-encoding': 'gzip;q=0' }))?.headers.get('content-encoding')).toBeNull();
    expect((await get('/favicon.svg', { 'accept-encoding': 'gzip' }))?.headers.get('content-encoding')).toBeNull();
  });

  it('are not sent again to who has them', async () => {
    const etag = (await get('/favicon.svg'))?.headers.get('etag') ?? '';
    expect((await get('/favicon.svg', { 'if-none-match': etag }))?.status).toBe(304);
    expect((await get('/favicon.svg', { 'if-none-match': '"other"' }))?.status).toBe(200);
  });

  it('answer any address of the application with the page, to browsers only', async () => {
    const page = await get('/conversations/c_abc', { accept: 'text/html,*/*' });
    expect(await page?.text()).toContain('page');
    expect(await get('/conversations/c_abc', { accept: '*/*' })).toBeNull();
    expect(await get('/missing.js', { accept: 'text/html' })).toBeNull();
    expect(await get('/', {}, 'POST')).toBeNull();
    expect(await (await get('/', {}, 'HEAD'))?.text()).toBe('');
  });

  it.each([
    '/../outside.txt',
    '/%2e%2e/outside.txt',
    '/..%2foutside.txt',
    '/assets/..%5c..%5coutside.txt',
    '/link.txt',
    '/.env',
    '/%00',
    '/%ff',
    '/assets',
  ])('%s leads nowhere', async (path) => {
    expect(await get(path)).toBeNull();
  });

  it('are said to be missing where they are', async () => {
    const answer = await serveStatic(join(folder, 'nothing'), new Request('http://localhost/'));
    expect(answer?.status).toBe(503);
    expect(await answer?.text()).toContain('npm run build');
  });
});
