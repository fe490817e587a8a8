/**
 * `npm run eval -- FILE… [--limit-corpora N] [--without meaning] [--json]`: how much of what questions need is found by
 * search and cited in bundles, over the public API of a server of its own. One question at a time, so that the times
 * are those of one person. Evidence counts where it is a hit, or is cited by the bundle the product would really send.
 */
import { parseArgs } from 'node:util';
import { startTestServer } from '../kit/server.ts';
import { readEvalSet } from './eval-set.ts';
import { figuresOf, markdownOf } from './report.ts';
import { runSet } from './run-set.ts';
import { percentile, type Scored } from './score.ts';

const help = `Usage: npm run eval -- FILE… [--limit-corpora N] [--without meaning] [--json]
       npm run eval -- entities        precision and recall of recognition on the project's own conversations

FILE is an evaluation set as JSON:
  { "name", "corpora": [ { "id", "conversations": [generic import format], "questions": [ { "id", "category", "question", "evidence": [external ids] } ] } ] }

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
if (positionals[0] === 'entities') {
  const { evaluateEntities } = await import('./entities/entities.ts');
  process.stdout.write(`${await evaluateEntities()}\n`);
  process.exit(0);
}
const most = values['limit-corpora'] === undefined ? Number.POSITIVE_INFINITY : Number(values['limit-corpora']);
if (values.help || positionals.length === 0 || !(most > 0) || ![undefined, 'meaning'].includes(values.without)) {
  process.stderr.write(help);
  process.exit(values.help ? 0 : 2);
}

const meaning = values.without !== 'meaning';
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const sets = positionals.map(readEvalSet);
const server = await startTestServer({ env: { VIVIM_LOG: 'warn', VIVIM_MODELS: meaning ? 'builtin' : 'off' } });
const results: { name: string; scored: Scored[] }[] = [];
try {
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
  process.stdout.write(`${JSON.stringify(sections, null, 2)}\n`);
} else {
  if (!meaning) process.stdout.write('Without meaning: words alone.\n\n');
  for (const { name, scored } of results) process.stdout.write(`${markdownOf(name, scored)}\n`);
}
