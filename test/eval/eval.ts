/**
 * `npm run eval -- FILE… [--limit-corpora N] [--without meaning] [--json]`: how much of what questions need is found by
 * search and cited in bundles, over the public API of a server of its own. One question at a time, so that the times
 * are those of one person. Evidence counts where it is a hit, or is cited by the bundle the product would really send.
 */
import { parseArgs } from 'node:util';
import { signUp } from '../kit/people.ts';
import { startTestServer } from '../kit/server.ts';
import { readEvalSet } from './eval-set.ts';
import { precisionFigures, precisionMarkdown } from './precision-report.ts';
import { isPrecisionSet, readPrecisionSet } from './precision-set.ts';
import { figuresOf, markdownOf } from './report.ts';
import { runPrecision } from './run-precision.ts';
import { runSet } from './run-set.ts';
import { percentile, type Scored } from './score.ts';

const help = `Usage: npm run eval -- FILE… [--limit-corpora N] [--without meaning] [--json]

FILE is an evaluation set as JSON:
  { "name", "corpora": [ { "id", "conversations": [generic import format], "questions": [ { "id", "category", "question", "evidence": [external ids] } ] } ] }

FILE may be a directory of PrecisionMemBench (github.com/tenurehq/precisionMemBench): memories stated, asked for, and counted as it counts.

None comes with the project: the licences of LoCoMo (github.com/snap-research/locomo) and BEAM (github.com/mohammadtavakoli78/BEAM)
forbid it. Bring one into this shape, lay it anywhere, and name it.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'limit-corpora': { type: 'string' },
    without: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const most = values['limit-corpora'] === undefined ? Number.POSITIVE_INFINITY : Number(values['limit-corpora']);
if (values.help || positionals.length === 0 || !(most > 0) || ![undefined, 'meaning'].includes(values.without)) {
  process.stderr.write(help);
  process.exit(values.help ? 0 : 2);
}

const meaning = values.without !== 'meaning';
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const precise = positionals.filter(isPrecisionSet).map(readPrecisionSet);
const sets = positionals.filter((path) => !isPrecisionSet(path)).map(readEvalSet);
const server = await startTestServer({ env: { VIVIM_LOG: 'warn', VIVIM_MODELS: meaning ? 'builtin' : 'off' } });
const results: { name: string; scored: Scored[] }[] = [];
const precision: Awaited<ReturnType<typeof runPrecision>>[] = [];
try {
  for (const set of precise) precision.push(await runPrecision(set, async () => (await signUp(server.url)).client));
  for (const set of sets) {
    const corpora = set.corpora.slice(0, most);
    results.push({ name: set.name, scored: await runSet({ ...set, corpora }, { url: server.url, meaning, say }) });
  }
} finally {
  await server.stop();
}

if (values.json) {
  const sections = results.map(({ name, scored }) => {
    const times = scored.map(({ searchMs }) => searchMs);
    return {
      name,
      meaning,
      lines: figuresOf(scored),
      searchMs: { p50: percentile(times, 0.5), p95: percentile(times, 0.95) },
    };
  });
  const precisely = precision.map(({ cases, turns }) => ({
    name: 'PrecisionMemBench',
    cases: precisionFigures(cases),
    turns: precisionFigures(turns),
  }));
  process.stdout.write(`${JSON.stringify([...sections, ...precisely], null, 2)}\n`);
} else {
  if (!meaning) process.stdout.write('Without meaning: words alone.\n\n');
  for (const one of precision) process.stdout.write(`${precisionMarkdown(one)}\n`);
  for (const { name, scored } of results) process.stdout.write(`${markdownOf(name, scored)}\n`);
}
