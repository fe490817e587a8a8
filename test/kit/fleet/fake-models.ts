/** A models process for tests: answers health, dies when told, ends with its input. */
import { createServer } from 'node:http';

const socketPath = process.argv[process.argv.indexOf('--socket') + 1];
createServer((request, response) => {
  if (request.url === '/die') process.exit(1);
  if (request.url === '/pid') return void response.end(JSON.stringify({ pid: process.pid }));
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ embedder: 'fake-1' }));
}).listen(socketPath);
process.stdin.resume().once('end', () => process.exit(0));
