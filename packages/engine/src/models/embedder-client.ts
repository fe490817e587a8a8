/**
 * The built-in embedder, in a process of its own on a unix socket: the engine never loads a model.
 * Sends the texts it is asked to send and nothing else; knows no space.
 */
import { Agent, request } from 'node:http';
import { AppError } from '@vivim/contract/errors';
import { builtInEmbedder, type EmbedRequest, embedPath } from '@vivim/contract/models';
import type { Embedder } from './embedder.ts';

/** A batch of background work waits behind others'; a person's question is given up much sooner by who asks. */
const timeoutMs = 30_000;
/** What an answer may hold: the largest batch, with room to spare. */
const largestAnswer = 16 * 1024 * 1024;

/** @param socketPath where the models process listens */
export function embedderClient(socketPath: string): Embedder {
  const agent = new Agent({ keepAlive: true, maxSockets: 2 });
  const { name, dimensions } = builtInEmbedder;
  return {
    name,
    dimensions,
    async embed(texts, options = {}) {
      if (texts.length === 0) return [];
      const body: EmbedRequest = { texts: [...texts], urgent: options.urgent ?? false };
      const bytes = await post(agent, socketPath, JSON.stringify(body), options.signal);
      if (bytes.byteLength !== texts.length * dimensions * Float32Array.BYTES_PER_ELEMENT) {
        throw new AppError('models_unavailable', 'The embedder answered with vectors of another size.');
      }
      const all = new Float32Array(bytes.buffer, bytes.byteOffset, texts.length * dimensions);
      return texts.map((_, i) => all.slice(i * dimensions, (i + 1) * dimensions));
    },
  };
}

/** @returns the answer in a buffer of its own, so that it is aligned for floats */
function post(agent: Agent, socketPath: string, body: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown) => reject(new AppError('models_unavailable', undefined, { cause }));
    const sent = request(
      {
        socketPath,
        agent,
        ...(signal === undefined ? {} : { signal }),
        timeout: timeoutMs,
        path: embedPath,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (answer) => {
        const chunks: Uint8Array[] = [];
        let size = 0;
        answer.on('data', (chunk: Uint8Array) => {
          size += chunk.byteLength;
          if (size > largestAnswer) answer.destroy(new Error('answer too large'));
          else chunks.push(chunk);
        });
        answer.on('error', failed);
        answer.on('end', () => {
          if (answer.statusCode !== 200) return failed(new Error(`status ${answer.statusCode}`));
          const whole = new Uint8Array(size);
          let at = 0;
          for (const chunk of chunks) {
            whole.set(chunk, at);
            at += chunk.byteLength;
          }
          resolve(whole);
        });
      },
    );
    sent.on('error', failed);
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.end(body);
  });
}
