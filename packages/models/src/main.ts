/**
 * The models process: stateless functions on a unix socket, `main.ts --socket PATH`. One for all engines of a node.
 * Ends when its parent does (standard input closes) and on SIGTERM. Opens no network socket and reads no environment.
 */
import { chmodSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { enableCompileCache } from 'node:module';
import { parseArgs } from 'node:util';
import { EmbedQueue } from './embed-queue.ts';
import { loadMiniLm } from './minilm.ts';
import { modelsApp } from './models-app.ts';

enableCompileCache();

const { socket } = parseArgs({ options: { socket: { type: 'string' } } }).values;
if (socket === undefined) {
  process.stderr.write('Usage: main.ts --socket PATH\n');
  process.exit(2);
}

const server = createServer(modelsApp(new EmbedQueue(loadMiniLm)));
// Engines alone connect. Making vectors takes long, and a question that came meanwhile must not find its connection closed.
server.keepAliveTimeout = 0;

/** Leave at once: whoever waits asks again, and nothing is kept that could be lost. */
function leave(): void {
  rmSync(socket ?? '', { force: true });
  process.exit(0);
}

rmSync(socket, { force: true });
server.listen(socket, () => {
  chmodSync(socket, 0o600);
  process.stdout.write(`${JSON.stringify({ type: 'listening' })}\n`);
});
process.stdin.on('end', leave).on('error', leave).resume();
process.on('SIGTERM', leave);
process.on('SIGINT', leave);
