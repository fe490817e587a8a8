/** The engine's process: its entry, with the schema that is shipped. Owns nothing else. */
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { serveSpaces } from './serve-spaces.ts';
import { migrations } from './space/migrations/migrations.ts';

enableCompileCache();
// Sockets and files are the user's alone from the moment they are there. Behind Landlock no mode can be changed by path.
process.umask(0o077);
// The build leaves it beside the bundle. Started from its sources, an engine takes every step of the schema, to the same end.
const blank = fileURLToPath(new URL('blank.db', import.meta.url));
serveSpaces(migrations, existsSync(blank) ? blank : null);
