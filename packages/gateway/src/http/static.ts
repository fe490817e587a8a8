/**
 * The built web files. Serves what lies below one directory and nothing else; names that the build put a hash into are
 * kept by browsers for ever, the page itself never. Any other address of the application answers with the page. Text goes compressed
 * to who takes it so: it holds nothing of anybody, so that its length tells nothing.
 */
import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

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

/** Where the build puts files whose names carry a hash; a dash in any other name says nothing. */
const hashed = /^\/assets\/[^/]*[-.][A-Za-z0-9_-]{8,}\.\w+$/;

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

const compressible: ReadonlySet<string> = new Set([
  '.css',
  '.html',
  '.js',
  '.json',
  '.map',
  '.svg',
  '.txt',
  '.webmanifest',
]);
/** Smaller files fit into one packet either way. */
const leastCompressed = 1_024;
/** Files kept compressed: more than a build has. */
const mostKept = 500;
const kept = new Map<string, Promise<Buffer<ArrayBuffer>>>();

/** Each version of a file is compressed once. @param etag of the file as it is */
function compressed(bytes: Buffer, etag: string): Promise<Buffer<ArrayBuffer>> {
  const known = kept.get(etag);
  if (known !== undefined) return known;
  const made = promisify(gzip)(bytes, { level: 9 });
  if (kept.size >= mostKept) kept.clear();
  kept.set(etag, made);
  return made;
}

/** Whether `gzip` is among what a request accepts, and not refused by a weight of nothing. */
const takesGzip = (request: Request): boolean =>
  (request.headers.get('accept-encoding') ?? '')
    .split(',')
    .some((one) => /^\s*gzip\s*(?:;\s*q=(?:1(?:\.0*)?|0\.\d*[1-9]\d*))?\s*$/i.test(one));

async function answerFile(request: Request, file: string, immutable: boolean): Promise<Response | null> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return null;
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  const squeezable = compressible.has(extname(file)) && bytes.length >= leastCompressed;
  const squeeze = squeezable && takesGzip(request);
  const etag = squeeze ? `"${hash}-gzip"` : `"${hash}"`;
  const headers = {
    ...(squeezable ? { vary: 'accept-encoding' } : {}),
    ...(squeeze ? { 'content-encoding': 'gzip' } : {}),
    'content-type': mediaTypes[extname(file)] ?? 'application/octet-stream',
    'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag,
  };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  const sent = squeeze ? await compressed(bytes, hash) : bytes;
  return new Response(request.method === 'HEAD' ? null : sent, {
    headers: { ...headers, 'content-length': String(sent.length) },
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
