/**
 * `npm run mutants [-- --only NAME] [-- --list]`: breaks isolation in one place after the other, each time in a copy of the
 * project, and sees whether a test notices. Ends with 1 when one lives, no longer applies, or does not run.
 */
import { readArguments, refuse } from '../../scripts/arguments.ts';
import { mutants } from './all-mutants.ts';
import type { Mutant } from './mutant.ts';
import { makeScratch, type Scratch } from './scratch.ts';
import { type Finding, tryTests } from './trial.ts';

const { values } = readArguments({
  options: { only: { type: 'string', multiple: true }, list: { type: 'boolean', default: false } },
});
const say = (line: string) => process.stdout.write(`${line}\n`);

const unknown = (values.only ?? []).filter((name) => !mutants.some((mutant) => mutant.name === name));
if (unknown.length > 0) refuse(`There is no mutant ${unknown.join(', ')}; --list names them.`);
if (values.list) {
  for (const { name, breaks } of mutants) say(`${name.padEnd(34)} ${breaks}`);
  process.exit(0);
}

const chosen = values.only === undefined ? mutants : mutants.filter(({ name }) => values.only?.includes(name));

interface Fate {
  readonly mutant: Mutant;
  readonly finding: Finding;
  readonly seconds: number;
}

async function fateOf(scratch: Scratch, mutant: Mutant): Promise<Fate> {
  const begun = performance.now();
  let finding: Finding = { kind: 'passed' };
  try {
    finding = await scratch.with(mutant.edits, async () => {
      for (const file of mutant.killedBy) {
        const found = await tryTests(scratch, [file]);
        if (found.kind !== 'passed') return found;
      }
      return { kind: 'passed' };
    });
  } catch (error) {
    finding = { kind: 'broken', why: error instanceof Error ? error.message : String(error) };
  }
  return { mutant, finding, seconds: (performance.now() - begun) / 1_000 };
}

function told({ mutant, finding, seconds }: Fate): string {
  const after = `${seconds.toFixed(0)} s`;
  if (finding.kind === 'passed') return `LIVES   ${mutant.name} (${after}): ${mutant.breaks}`;
  if (finding.kind === 'broken') return `BROKEN  ${mutant.name} (${after}): ${finding.why}`;
  const steps = finding.steps === null ? '' : `, ${finding.steps} steps`;
  return `killed  ${mutant.name} (${after}${steps}): ${finding.test}`;
}

const row = ({ mutant, finding, seconds }: Fate): string => {
  const by = finding.kind === 'failed' ? finding.test : finding.kind === 'passed' ? 'nobody' : 'did not run';
  const steps = finding.kind === 'failed' && finding.steps !== null ? String(finding.steps) : '–';
  return `| ${mutant.name} | ${mutant.breaks} | ${by} | ${steps} | ${seconds.toFixed(0)} |`;
};

const scratch = makeScratch();
let sound = false;
try {
  const tests = [...new Set(chosen.flatMap(({ killedBy }) => killedBy))];
  say(`The tests that are to notice, on the project as it is: ${tests.length} files.`);
  const before = await tryTests(scratch, tests);
  if (before.kind !== 'passed') {
    say(`They do not pass, so that what they say of a mutant means nothing:\n${JSON.stringify(before, null, 2)}`);
  } else {
    const fates: Fate[] = [];
    for (const mutant of chosen) {
      fates.push(await fateOf(scratch, mutant));
      say(told(fates.at(-1) as Fate));
    }
    say('\n| mutant | what it breaks | killed by | steps | s |\n|---|---|---|---|---|');
    for (const fate of fates) say(row(fate));
    const killed = fates.filter(({ finding }) => finding.kind === 'failed').length;
    say(`\n${killed} of ${fates.length} mutants were killed.`);
    sound = killed === fates.length;
  }
} finally {
  scratch.remove();
}
process.exitCode = sound ? 0 : 1;
