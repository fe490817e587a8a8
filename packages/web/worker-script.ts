/**
 * The text of `sw.js`: the worker with the names of the files it keeps in front. Its version goes by all that a browser would keep,
 * so that a new build of anything is a new worker, and the same build the same.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files whose names carry no hash of what is in them. */
const plainNames = ['/early.js', '/favicon.svg', '/manifest.webmanifest', '/icon-192.png'];

export interface Built {
  /** Where the files with plain names lie. */
  readonly publicDir: string;
  /** `index.html` as it is served. */
  readonly page: string | Uint8Array;
  /** Paths with a hash in the name. */
  readonly hashed: readonly string[];
}

export function workerScript({ publicDir, page, hashed }: Built): string {
  const names = ['/', ...plainNames, ...hashed].sort();
  const source = readFileSync(join(import.meta.dirname, 'service-worker.js'), 'utf8');
  const hash = createHash('sha256').update(JSON.stringify(names)).update(source);
  const digest = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest();
  for (const bytes of [page, ...plainNames.map((name) => readFileSync(join(publicDir, name)))])
    hash.update(digest(bytes));
  const version = hash.digest('hex').slice(0, 16);
  return `const version = '${version}';\nconst files = ${JSON.stringify(names)};\n${source}`;
}
