/** The models process by itself, for a bench without a server: the built-in embedder on a socket. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { embedderClient } from '@vivim/engine/models/embedder-client';
import { root } from '../../architecture/source-files.ts';
import { type Figure, ms } from '../measure.ts';
import { Writer } from '../synthetic.ts';
import { historySeed } from './kept-history.ts';
import { questionsOf } from './questions.ts';

export interface ModelsProcess {
  readonly socketPath: string;
  stop(): Promise<void>;
}

/** @throws Error where it does not come up */
export async function startModels(scratch: string): Promise<ModelsProcess> {
  const socketPath = join(scratch, 'models.sock');
  const child = spawn(process.execPath, [join(root, 'packages/models/src/main.ts'), '--socket', socketPath], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => {
      throw new Error('The models process did not come up.');
    }),
  ]);
  return {
    socketPath,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

const batch = 24;
const messages = 480;

/** How fast messages get their vectors, and how long a question waits for its own. */
export async function benchEmbedding({ socketPath }: ModelsProcess): Promise<Figure[]> {
  const embedder = embedderClient(socketPath);
  const writer = new Writer(historySeed);
  const texts = Array.from({ length: messages }, (_, i) => (i % 2 === 0 ? writer.text(2) : writer.answer()));
  await embedder.embed(texts.slice(0, 2));
  const start = performance.now();
  for (let at = 0; at < messages; at += batch) await embedder.embed(texts.slice(at, at + batch));
  const seconds = (performance.now() - start) / 1_000;
  const asking = performance.now();
  const questions = questionsOf(50, historySeed);
  for (const question of questions) await embedder.embed([question], { urgent: true });
  const each = (performance.now() - asking) / questions.length;
  return [
    { what: 'messages given vectors by the built-in embedder', value: `${(messages / seconds).toFixed(0)} a second` },
    { what: 'the vector of one question', value: ms(each) },
  ];
}
