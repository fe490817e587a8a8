/** What the engine's process does first, however it was started, with the schema that is shipped. Owns nothing else. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serveSpaces } from './serve-spaces.ts';
import { migrations } from './space/migrations/migrations.ts';

/** @param entry URL of the program: what the build left for it lies beside it */
export function begin(entry: string): void {
  // Sockets and files are the user's alone from the moment they are there. Behind Landlock no mode can be changed by path.
  process.umask(0o077);
  // Started from its sources, an engine takes every step of the schema, to the same end.
  const blank = fileURLToPath(new URL('blank.db', entry));
  serveSpaces(migrations, existsSync(blank) ? blank : null);
}
