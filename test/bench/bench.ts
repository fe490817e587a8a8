/**
 * `npm run bench [-- SECTION…]`: every speed and memory figure the docs quote, measured on this machine over the public API,
 * beside the raw limit of the same run. Sections: engine, space, gateway, auth (also on the PostgreSQL of VIVIM_TEST_MASTER_URL, where
 * it names one), import, capture (`--large`: a gigabyte too), neighbour, live, latency, mcp, rollup, foresight,
 * context (`--messages N[,N]`: histories of so many messages, made once and kept in `--keep DIRECTORY`), faces (the web application in
 * Chromium over the largest of those histories), folder (dropped in Chromium). `--mb N`
 * sets the size of the export of `import` and of that folder, `--export FILE` imports a ChatGPT export of yours instead, `--json` prints figures
 * only. What takes minutes (capture, context, faces, foresight, neighbour, rollup), or a Chromium (folder, reading), runs when it is named.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { readArguments, refuse } from '../../scripts/arguments.ts';
import { startTestServer } from '../kit/server.ts';
import { benchAuth } from './auth.ts';
import { benchCapture } from './capture.ts';
import { benchContext, usualSizes } from './context.ts';
import { benchEngineCost } from './engine-cost.ts';
import { benchFaces } from './faces.ts';
import { benchFolder } from './folder.ts';
import { benchForesight } from './foresight.ts';
import { benchGateway } from './gateway-overhead.ts';
import { benchImport } from './import-rate.ts';
import { benchLatency } from './latency.ts';
import { benchLiveTurns } from './live-turns.ts';
import { benchMcp } from './mcp.ts';
import { type Figure, table } from './measure.ts';
import { searchBesideImport } from './neighbour.ts';
import { benchReading } from './reading.ts';
import { benchRollup } from './rollup.ts';
import { benchSpace } from './space.ts';

const { values, positionals } = readArguments({
  allowPositionals: true,
  options: {
    mb: { type: 'string' },
    export: { type: 'string' },
    large: { type: 'boolean', default: false },
    messages: { type: 'string', default: usualSizes.join(',') },
    keep: { type: 'string', default: join(tmpdir(), 'vivim-bench-histories') },
    json: { type: 'boolean', default: false },
  },
});

const scratch = mkdtempSync(join(tmpdir(), 'vivim-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

type Server = Awaited<ReturnType<typeof startTestServer>>;

async function withServer(
  work: (server: Server) => Promise<Figure[]>,
  env: Record<string, string> = {},
): Promise<Figure[]> {
  const server = await startTestServer({ env: { VIVIM_LOG: 'warn', ...env } });
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

const sections: Record<string, { title: string; run: () => Promise<Figure[]> }> = {
  engine: { title: 'A process per person', run: benchEngineCost },
  space: {
    title: 'A database per person',
    run: () => withServer((server) => benchSpace(server, scratch), { VIVIM_MODELS: 'off' }),
  },
  gateway: { title: 'What the gateway adds', run: benchGateway },
  auth: { title: 'What authentication costs', run: benchAuth },
  import: {
    title: 'Import',
    run: () => withServer((server) => benchImport(server, scratch, Number(values.mb ?? 100), values.export)),
  },
  capture: {
    title: 'Imports against their limit',
    run: () =>
      withServer((server) => benchCapture(server, scratch, { large: values.large, given: values.export }), {
        VIVIM_MODELS: 'off',
      }),
  },
  neighbour: {
    title: 'What one feels of imports of others',
    run: () => withServer((server) => searchBesideImport(server, scratch), { VIVIM_MODELS: 'off' }),
  },
  latency: {
    title: 'Search and context',
    run: async () => [
      ...(await withServer((server) => benchLatency(server, scratch, 10_000, true))),
      ...(await withServer((server) => benchLatency(server, scratch, 50_000, false), { VIVIM_MODELS: 'off' })),
    ],
  },
  mcp: {
    title: 'What MCP adds to a context',
    run: () => withServer((server) => benchMcp(server, scratch), { VIVIM_MODELS: 'off' }),
  },
  foresight: { title: 'What is made ready beforehand', run: () => benchForesight(scratch) },
  context: {
    title: 'Search and contexts as a history grows',
    run: () => benchContext(scratch, { sizes: values.messages.split(',').map(Number), keep: values.keep }),
  },
  faces: {
    title: 'The web application over a long history',
    run: () => benchFaces({ messages: Math.max(...values.messages.split(',').map(Number)), keep: values.keep }),
  },
  rollup: { title: 'Topics and entities, processor time', run: async () => benchRollup(scratch) },
  folder: {
    title: 'A folder of Claude Code dropped in a browser',
    run: () => benchFolder(scratch, Number(values.mb ?? 500)),
  },
  reading: { title: 'Reading a long conversation in a browser', run: benchReading },
  live: { title: 'Keeping what goes through the proxy, processor time', run: async () => benchLiveTurns(scratch) },
};

const onlyNamed = ['capture', 'context', 'faces', 'folder', 'foresight', 'neighbour', 'reading', 'rollup'];
const chosen =
  positionals.length === 0 ? Object.keys(sections).filter((name) => !onlyNamed.includes(name)) : positionals;
const unknown = chosen.filter((name) => !(name in sections));
if (unknown.length > 0)
  refuse(`There is no section ${unknown.join(', ')}. Choose of: ${Object.keys(sections).join(', ')}.`);

const results: Record<string, Figure[]> = {};
if (!values.json)
  process.stdout.write(
    `VIVIM bench on ${cpus().length} cores (${cpus()[0]?.model}), ${Math.round(totalmem() / 1e9)} GB, Node ${process.version}\n\n`,
  );
for (const name of chosen) {
  const section = sections[name];
  if (section === undefined) continue;
  const figures = await section.run();
  results[name] = figures;
  if (!values.json) process.stdout.write(`${table(section.title, figures)}\n`);
}
if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
