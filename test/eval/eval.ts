/**
 * `npm run eval -- FILE…`: how much of what questions need is found by search and cited in bundles, over the public API
 * of a server of its own. One question at a time, so that the times are those of one person. Evidence counts where it
 * is a hit, or is cited by the bundle the product would really send.
 *
 * Usage: npm run eval -- FILE… [options]
 *        npm run eval -- entities        precision and recall of recognition on the project's own conversations
 *        npm run eval -- topics          whether topics are called what a person would call them
 *        npm run eval -- histories [ja…] topics, names and search of histories in ten languages
 *
 *   --limit-corpora N     only the first N corpora of each set
 *   --without ARM[,ARM]   leave arms of retrieval out; a wrong name is answered with those there are
 *   --save RUN.json       keep what each question scored
 *   --base RUN.json       compare with a run that was kept, question by question
 *   --report REPORT.md    the tables as a file, and a chart beside it (REPORT.svg)
 *   --json                figures only
 *
 * FILE is an evaluation set as JSON:
 *   { "name", "corpora": [ { "id", "conversations": [generic import format], "questions": [ { "id", "category", "question", "evidence": [external ids] } ] } ] }
 *
 * FILE may be a directory of PrecisionMemBench (github.com/tenurehq/precisionMemBench): memories stated, asked for, and counted as it counts.
 *
 * None comes with the project: the licences of LoCoMo (github.com/snap-research/locomo) and BEAM (github.com/mohammadtavakoli78/BEAM)
 * forbid it. Bring one into this shape, lay it anywhere, and name it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { type Arm, arms } from '@vivim/contract/arms';
import { percentile } from '@vivim/engine/context/evaluation/estimate';
import { readArguments, refuse } from '../../scripts/arguments.ts';
import { signUp } from '../kit/people.ts';
import { startTestServer } from '../kit/server.ts';
import { chartOf } from './chart.ts';
import { readEvalSet } from './eval-set.ts';
import { precisionFigures, precisionMarkdown } from './precision-report.ts';
import { isPrecisionSet, readPrecisionSet } from './precision-set.ts';
import { comparisonOf, figuresOf, markdownOf } from './report.ts';
import { runPrecision } from './run-precision.ts';
import { runSet } from './run-set.ts';
import type { Scored } from './score.ts';

const { values, positionals } = readArguments({
  allowPositionals: true,
  options: {
    'limit-corpora': { type: 'string' },
    without: { type: 'string' },
    save: { type: 'string' },
    base: { type: 'string' },
    report: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
if (positionals[0] === 'entities') {
  const { evaluateEntities } = await import('./entities/entities.ts');
  process.stdout.write(`${await evaluateEntities()}\n`);
  process.exit(0);
}
if (positionals[0] === 'topics') {
  const { evaluateTopics } = await import('./topics/topics.ts');
  process.stdout.write(`${await evaluateTopics()}\n`);
  process.exit(0);
}
if (positionals[0] === 'histories') {
  const { evaluateHistories } = await import('./histories/histories.ts');
  process.stdout.write(`${await evaluateHistories(positionals.slice(1))}\n`);
  process.exit(0);
}
const most = values['limit-corpora'] === undefined ? Number.POSITIVE_INFINITY : Number(values['limit-corpora']);
const isArm = (name: string): name is Arm => arms.some((arm) => arm === name);
const asked = values.without?.split(',') ?? [];
const without = asked.filter(isArm);
if (positionals.length === 0) refuse('Name an evaluation set.');
if (!(most > 0)) refuse('--limit-corpora takes a number above zero.');
if (without.length < asked.length) refuse(`--without takes arms of retrieval: ${arms.join(', ')}.`);

interface Result {
  readonly name: string;
  readonly scored: readonly Scored[];
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const precise = positionals.filter(isPrecisionSet).map(readPrecisionSet);
const sets = positionals.filter((path) => !isPrecisionSet(path)).map(readEvalSet);
const base: Result[] = values.base === undefined ? [] : JSON.parse(readFileSync(values.base, 'utf8'));
const models = without.includes('meaning') ? 'off' : 'builtin';
const server = await startTestServer({ env: { VIVIM_LOG: 'warn', VIVIM_MODELS: models } });
const results: Result[] = [];
const precision: Awaited<ReturnType<typeof runPrecision>>[] = [];
try {
  for (const set of precise) precision.push(await runPrecision(set, async () => (await signUp(server.url)).client));
  for (const set of sets) {
    const corpora = set.corpora.slice(0, most);
    results.push({ name: set.name, scored: await runSet({ ...set, corpora }, { url: server.url, without, say }) });
  }
} catch (error) {
  // What ended it is told by the server, which says why an engine went; a client knows only that it did.
  await server.stop();
  say(`The evaluation ended early. The server printed:\n${server.output().trim() || '(nothing)'}`);
  throw error;
} finally {
  await server.stop();
}
if (values.save !== undefined) writeFileSync(values.save, JSON.stringify(results));

/** What is compared and drawn: the first hits, and the bundle of a small budget. */
const compared = ['R@10', '2,000 tokens'];
const baseOf = (name: string): readonly Scored[] | null => base.find((each) => each.name === name)?.scored ?? null;

function reportOf(chart: string | null): string {
  const parts = results.map(({ name, scored }) => {
    const before = baseOf(name);
    return [markdownOf(name, scored), ...(before === null ? [] : [comparisonOf(before, scored, compared)])].join('\n');
  });
  return [
    ...(without.length === 0 ? [] : [`Without ${without.join(', ')}.\n`]),
    ...parts,
    ...(chart === null ? [] : [`![R@10 by kind of question](${chart})\n`]),
  ].join('\n');
}

function chart(): string {
  const runs = base.length === 0 ? ['now'] : ['before', 'now'];
  const lines = results.flatMap(({ name, scored }) => {
    const before = baseOf(name);
    return figuresOf(scored).map(({ line, means }) => {
      const then = before === null ? [] : figuresOf(before).filter((each) => each.line === line);
      return {
        name: `${name}: ${line}`,
        values: [...then.map((each) => each.means['R@10'] ?? 0), means['R@10'] ?? 0].slice(-runs.length),
      };
    });
  });
  return chartOf('R@10 by kind of question', runs, lines);
}

if (values.report !== undefined) {
  const picture = values.report.replace(/(\.md)?$/, '.svg');
  writeFileSync(picture, chart());
  writeFileSync(values.report, reportOf(picture.split('/').at(-1) ?? picture));
}
if (values.json) {
  const sections = results.map(({ name, scored }) => {
    const times = scored.map(({ searchMs }) => searchMs);
    return {
      name,
      without,
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
  for (const one of precision) process.stdout.write(`${precisionMarkdown(one)}\n`);
  if (results.length > 0) process.stdout.write(reportOf(null));
}
