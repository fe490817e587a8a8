/**
 * The built web files. Serves what lies below one directory and nothing else; names that the build put a hash into are
 * kept by browsers for ever, the page itself never. Any other address of the application answers with the page.
 */
import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

const missingPage = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>VIVIM</title>
<h1>The web application is not built</h1>
<p>The server runs, and its API answers under <code>/v1</code>. Build the web files with <code>npm run build</code>, then load this page again.</p>
</html>
`;

const hashed = /[-.][A-Za-z0-9_-]{8,}\.\w+$/;

/** A path below `root`, or null where the name leads anywhere else. */
async function locate(root: string, path: string): Promise<string | null> {
  let name: string;
  try {
    name = decodeURIComponent(path);
  } catch {
    return null;
  }
  const parts = name.split('/').filter((part) => part !== '');
  if (/[\0\\]/.test(name) || parts.some((part) => part.startsWith('.'))) return null;
  const [real, base] = await Promise.all([
    realpath(join(root, ...parts)).catch(() => null),
    realpath(root).catch(() => root),
  ]);
  return real?.startsWith(base + sep) === true ? real : null;
}

async function answerFile(request: Request, file: string, immutable: boolean): Promise<Response | null> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return null;
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  const headers = {
    'content-type': mediaTypes[extname(file)] ?? 'application/octet-stream',
    'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag,
  };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  return new Response(request.method === 'HEAD' ? null : bytes, {
    headers: { ...headers, 'content-length': String(bytes.length) },
  });
}

/** @returns the answer, or null where there is nothing under this address */
export async function serveStatic(webDir: string, request: Request): Promise<Response | null> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return null;
  const { pathname } = new URL(request.url);
  const file = await locate(webDir, pathname);
  const found = file === null ? null : await answerFile(request, file, hashed.test(pathname));
  if (found !== null) return found;
  const wantsPage = request.headers.get('accept')?.includes('text/html') === true;
  if (pathname !== '/' && !(wantsPage && extname(pathname) === '')) return null;
  const page = await answerFile(request, join(webDir, 'index.html'), false);
  return (
    page ??
    new Response(missingPage, {
      status: 503,
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    })
  );
}
