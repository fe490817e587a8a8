/**
 * The engine's process, started from a snapshot: its entry. The build runs this once and keeps the heap as it is then, with all modules
 * loaded; every process begins there. So nothing on the way here may draw a random number, look at the clock or hold what is the
 * machine's: a socket, a thread, a text segmenter. Modules of Node's that do are taken from it when they are needed
 * (`process.getBuiltinModule`).
 */
import { pathToFileURL } from 'node:url';
import { startupSnapshot } from 'node:v8';
import { begin } from './begin.ts';

startupSnapshot.setDeserializeMainFunction(() => {
  const [, entry] = process.argv;
  if (entry === undefined) throw new Error('Started from a snapshot, the engine is told where its bundle lies.');
  begin(pathToFileURL(entry).href);
});
