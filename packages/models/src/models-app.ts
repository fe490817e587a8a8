/**
 * The models process as a listener of requests. Stateless: no text and no vector outlives its answer, or reaches a log.
 * On Node's own server: a person's question waits for its vector, and a framework's requests and answers cost a third of making one.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { AppError } from '@vivim/contract/errors';
import { limits, problemMediaType } from '@vivim/contract/http';
import { builtInEmbedder, EmbedRequest, embedPath, type ModelsHealth, modelsHealthPath } from '@vivim/contract/models';
import { toProblem } from '@vivim/contract/problem';
import type { EmbedQueue } from './embed-queue.ts';

const largestBody = 4 * limits.jsonBody;

export function modelsApp(queue: EmbedQueue): RequestListener {
  const answerOf = async (request: IncomingMessage): Promise<Answer> => {
    const asked = `${request.method} ${request.url}`;
    if (asked === `POST ${embedPath}`)
      return { type: 'application/octet-stream', body: await embedded(queue, request) };
    if (asked !== `GET ${modelsHealthPath}`) throw new AppError('not_found');
    const health: ModelsHealth = { embedder: builtInEmbedder.name };
    return { type: 'application/json', body: Buffer.from(JSON.stringify(health)) };
  };
  return (request, response) => {
    answerOf(request).then(
      ({ type, body }) => send(response, 200, type, body),
      (error: unknown) => {
        const problem = toProblem(error);
        send(response, problem.status, problemMediaType, Buffer.from(JSON.stringify(problem)));
      },
    );
  };
}

interface Answer {
  readonly type: string;
  readonly body: Uint8Array;
}

function send(response: ServerResponse, status: number, type: string, body: Uint8Array): void {
  response.writeHead(status, { 'content-type': type, 'content-length': body.byteLength }).end(body);
}

/** Vectors one after the other. @throws AppError `request_invalid`, `request_too_large`, `models_unavailable` */
async function embedded(queue: EmbedQueue, request: IncomingMessage): Promise<Uint8Array> {
  const asked = EmbedRequest.safeParse(parsed(await bodyOf(request)));
  if (!asked.success) throw new AppError('request_invalid', 'The body is no list of texts within the limits.');
  const { texts, urgent } = asked.data;
  if (queue.full && !urgent) throw new AppError('models_unavailable', 'Too much waits to be embedded.');
  const vectors = await queue.embed(texts, urgent);
  const answer = new Float32Array(vectors.length * builtInEmbedder.dimensions);
  vectors.forEach((vector, i) => {
    answer.set(vector, i * builtInEmbedder.dimensions);
  });
  return new Uint8Array(answer.buffer);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** What is too large is read to its end and kept no further, so that the answer can be heard. */
function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    request.on('data', (chunk: Uint8Array) => {
      size += chunk.byteLength;
      if (size <= largestBody) chunks.push(chunk);
    });
    request.on('end', () => {
      if (size > largestBody) reject(new AppError('request_too_large'));
      else resolve(Buffer.concat(chunks).toString('utf8'));
    });
    request.on('error', reject);
  });
}
