/** The models process as a `fetch` function. Stateless: no text and no vector outlives its answer, or reaches a log. */
import { AppError } from '@vivim/contract/errors';
import { limits, problemMediaType } from '@vivim/contract/http';
import { builtInEmbedder, EmbedRequest, embedPath, type ModelsHealth, modelsHealthPath } from '@vivim/contract/models';
import { toProblem } from '@vivim/contract/problem';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { EmbedQueue } from './embed-queue.ts';

const largestBody = 4 * limits.jsonBody;

export function modelsApp(queue: EmbedQueue): Hono {
  const app = new Hono();
  app.get(modelsHealthPath, (c) => c.json({ embedder: builtInEmbedder.name } satisfies ModelsHealth));
  app.post(embedPath, bodyLimit({ maxSize: largestBody, onError: tooLarge }), async (c) => {
    const asked = EmbedRequest.safeParse(await c.req.json().catch(() => null));
    if (!asked.success) throw new AppError('request_invalid', 'The body is no list of texts within the limits.');
    const { texts, urgent } = asked.data;
    if (queue.full && !urgent) throw new AppError('models_unavailable', 'Too much waits to be embedded.');
    const vectors = await queue.embed(texts, urgent);
    const answer = new Float32Array(vectors.length * builtInEmbedder.dimensions);
    vectors.forEach((vector, i) => {
      answer.set(vector, i * builtInEmbedder.dimensions);
    });
    return c.body(answer.buffer, 200, { 'content-type': 'application/octet-stream' });
  });
  app.notFound(() => problem(new AppError('not_found')));
  app.onError((error) => problem(error));
  return app;
}

const tooLarge = (): never => {
  throw new AppError('request_too_large');
};

function problem(error: unknown): Response {
  const body = toProblem(error);
  return new Response(JSON.stringify(body), { status: body.status, headers: { 'content-type': problemMediaType } });
}
