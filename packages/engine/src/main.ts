/** The engine's process: its entry, with the schema that is shipped. Owns nothing else. */
import { enableCompileCache } from 'node:module';
import { serveSpaces } from './serve-spaces.ts';
import { migrations } from './space/migrations/migrations.ts';

enableCompileCache();
serveSpaces(migrations);
