import { AppError } from '@vivim/contract/errors';
import type { ImportRun } from '@vivim/contract/imports';
import { describe, expect, it } from 'vitest';
import { importRun } from '../../../test/kit/import-run.ts';
import type { Client } from './client.ts';
import { followImport } from './follow-import.ts';
import { wait } from './wait.ts';

const runIn = (state: ImportRun['state'], conversations: number): ImportRun =>
  importRun({
    state,
    detected: null,
    progress: { bytesRead: 0, bytesTotal: 10, conversations, messages: 0, bytesPerSecond: 0, remainingSeconds: null },
  });

const stream = (...runs: ImportRun[]) =>
  new Response(runs.map((run) => `event: import\ndata: ${JSON.stringify({ type: 'import', run })}\n\n`).join(''));

/** A server that gives these answers, one after the other. */
function scripted(streams: (() => Response)[], looks: (() => ImportRun)[]): Client {
  const next = async <T>(script: (() => T)[]): Promise<T> => {
    const answer = script.shift();
    if (answer === undefined) throw new Error('asked more often than foreseen');
    return answer();
  };
  return { streamImport: () => next(streams), getImport: () => next(looks) } as unknown as Client;
}

const follow = async (client: Client) => {
  const seen: number[] = [];
  const { id } = runIn('running', 0);
  const last = await followImport(client, id, {
    onRun: (run) => seen.push(run.progress.conversations),
    signal: new AbortController().signal,
    mayPass: (error) => error instanceof AppError && error.code === 'engine_unavailable',
    patience: [1, 1],
    wait,
  });
  return { seen, state: last.state };
};

describe('following an import', () => {
  it('reports each state and ends with the last', async () => {
    const client = scripted([() => stream(runIn('running', 1), runIn('running', 2), runIn('done', 3))], []);
    expect(await follow(client)).toEqual({ seen: [1, 2, 3], state: 'done' });
  });

  it('looks again where the stream broke off', async () => {
    const client = scripted(
      [() => stream(runIn('running', 1)), () => stream(runIn('running', 4), runIn('failed', 5))],
      [() => runIn('running', 2)],
    );
    expect(await follow(client)).toEqual({ seen: [1, 2, 4, 5], state: 'failed' });
  });

  it('sees an end that came while nobody watched', async () => {
    const client = scripted([() => stream()], [() => runIn('cancelled', 7)]);
    expect(await follow(client)).toEqual({ seen: [7], state: 'cancelled' });
  });

  it('waits for an engine that is starting again', async () => {
    const away = () => {
      throw new AppError('engine_unavailable');
    };
    const client = scripted([away, () => stream(runIn('done', 1))], []);
    expect(await follow(client)).toEqual({ seen: [1], state: 'done' });
  });

  it('gives up at once on an answer that will not change', async () => {
    const gone = () => {
      throw new AppError('not_found');
    };
    await expect(follow(scripted([gone], []))).rejects.toThrow(expect.objectContaining({ code: 'not_found' }));
  });
});
