/** The engine's process, started from its sources or its bundle: its entry. Owns nothing else. */
import { enableCompileCache } from 'node:module';
import { begin } from './begin.ts';

enableCompileCache();
begin(import.meta.url);
