/** Search and context, end to end over HTTP, in a history of a given size; against the bare FTS5 query over the same text. */
import { join } from 'node:path';
import { Pool } from 'undici';
import { importEnd, type Person, quiet, signUp } from '../kit/people.ts';
import type { TestServer } from '../kit/server.ts';
import { historySeed } from './context/kept-history.ts';
import { ftsOf, questionsOf } from './context/questions.ts';
import { type Figure, p50p95, percentile, time, times } from './measure.ts';
import { engines, memory } from './processes.ts';
import { rawImport } from './raw-sqlite.ts';
import { writeExport } from './synthetic.ts';
import { uploadFile } from './upload.ts';

const rounds = 200;
const unmeasured = 20;

/** @param meaning wait until everything is embedded and ask with vectors; else the server is expected to run without models */
export async function benchLatency(
  server: TestServer,
  scratch: string,
  messages: number,
  meaning: boolean,
): Promise<Figure[]> {
  const path = join(scratch, `messages-${messages}.json`);
  writeExport(path, { messages }, historySeed);
  const raw = rawImport(path, join(scratch, `raw-${messages}.db`));
  const person = await signUp(server.url);
  await importEnd(person, (await uploadFile(server.url, person, path)).id);
  const rollupStart = performance.now();
  await quiet(person, { embedding: false });
  const rollupSeconds = (performance.now() - rollupStart) / 1000;
  await quiet(person, { embedding: meaning });
  const embedSeconds = (performance.now() - rollupStart) / 1000 - rollupSeconds;
  const questions = questionsOf(rounds + unmeasured, historySeed);
  const ask = (round: number) => questions.at(round) ?? 'what was it';
  const rawTimes = await time(rounds, (round) => raw.search(ftsOf(ask(round))), unmeasured);
  raw.close();
  const pool = new Pool(server.url);
  const search = await asked(pool, server.url, person, (round) => ({
    path: `/v1/search?${new URLSearchParams({ q: ask(round), limit: '10' })}`,
  }));
  const context = await asked(pool, server.url, person, (round) => ({
    path: '/v1/context',
    body: JSON.stringify({ query: ask(round), budget: 4_000 }),
  }));
  await pool.close();
  const label = `${messages.toLocaleString('en')} messages, ${meaning ? 'words and meaning' : 'words'}`;
  const rawP50 = percentile(rawTimes, 0.5);
  return [
    {
      what: `search, ${label}`,
      value: p50p95(search),
      raw: p50p95(rawTimes),
      ratio: times(percentile(search, 0.5) / rawP50),
      goal: 'p50 ≤ 15 ms at 50,000',
    },
    { what: `context of 4,000 tokens, ${label}`, value: p50p95(context), goal: 'p50 ≤ 40 ms at 50,000' },
    { what: `rollup left after the import, ${label}`, value: `${rollupSeconds.toFixed(1)} s` },
    ...(meaning ? [{ what: `embedding in the background, ${label}`, value: `${embedSeconds.toFixed(0)} s` }] : []),
    ...(await engineMemory(server, person, label)),
  ];
}

interface Question {
  readonly path: string;
  readonly body?: string;
}

/** Milliseconds from request to the last byte of the answer. The proofs are made before: signing is the client's work. */
async function asked(
  pool: Pool,
  url: string,
  person: Person,
  question: (round: number) => Question,
): Promise<number[]> {
  const { path, body } = question(0);
  const method = body === undefined ? 'GET' : 'POST';
  const target = new URL(path, url);
  const proofs = await Promise.all(
    Array.from({ length: rounds + unmeasured }, () => person.authorize(method, target.origin + target.pathname)),
  );
  return time(
    rounds,
    async (round) => {
      const { path, body } = question(round);
      const headers = { ...proofs.pop(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
      const answer = await pool.request({ method, path, headers, body: body ?? null });
      await answer.body.dump();
      if (answer.statusCode !== 200) throw new Error(`The answer was ${answer.statusCode}.`);
    },
    unmeasured,
  );
}

async function engineMemory(server: TestServer, person: Person, label: string): Promise<Figure[]> {
  await person.client.getSpace({});
  const largest = Math.max(...engines(server.pid).map((engine) => memory(engine.pid).pss));
  return [{ what: `engine after that, ${label} (proportional memory)`, value: `${largest.toFixed(0)} MB` }];
}
