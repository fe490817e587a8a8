/** What came of many attempts to use something twice: counted by answer, judged by how many were let in. */
import { type Answer, verdict } from '../kit/sign-in.ts';

/** One thing, tried several times. */
export interface Round {
  readonly answers: readonly Answer[];
  /** How many of them may be let in. */
  readonly allowed: number;
  /** How many must be; as many as may unless said otherwise. */
  readonly wanted?: number;
}

export interface Tally {
  readonly title: string;
  readonly rounds: number;
  readonly attempts: number;
  /** Rounds in which more were let in than may be. */
  readonly tooMany: number;
  /** Rounds in which fewer were: a guard that lets nobody in proves nothing. */
  readonly tooFew: number;
  /** How often each answer was given. */
  readonly answers: Readonly<Record<string, number>>;
  /** Answers that have no place in this case: a server that breaks under pressure has not refused. */
  readonly foreign: readonly string[];
}

/** A case: what is tried, and how its refusals read. */
export interface SoakCase {
  readonly title: string;
  /** Attempts one round makes. */
  readonly attemptsEach: number;
  readonly refusals: readonly string[];
  /** Runs that many rounds, or fewer where `isOver` says so. */
  readonly run: (count: number, isOver: () => boolean) => Promise<readonly Round[]>;
}

const letIn = ({ status }: Answer): boolean => status < 300;

/** @param attempts about how many; a case that makes twenty a round runs a twentieth of that */
export async function runCase(
  { title, attemptsEach, refusals, run }: SoakCase,
  attempts: number,
  isOver: () => boolean = () => false,
): Promise<Tally> {
  const rounds = await run(Math.max(1, Math.ceil(attempts / attemptsEach)), isOver);
  const answers: Record<string, number> = {};
  let [tooMany, tooFew, made] = [0, 0, 0];
  for (const round of rounds) {
    const accepted = round.answers.filter(letIn).length;
    if (accepted > round.allowed) tooMany += 1;
    if (accepted < (round.wanted ?? round.allowed)) tooFew += 1;
    made += round.answers.length;
    for (const answer of round.answers) {
      const name = letIn(answer) ? 'let in' : verdict(answer);
      answers[name] = (answers[name] ?? 0) + 1;
    }
  }
  const foreign = Object.keys(answers).filter((name) => name !== 'let in' && !refusals.includes(name));
  return { title, rounds: rounds.length, attempts: made, tooMany, tooFew, answers, foreign };
}

export const isSound = ({ rounds, tooMany, tooFew, foreign }: Tally): boolean =>
  rounds > 0 && tooMany === 0 && tooFew === 0 && foreign.length === 0;

/** A Markdown table. */
export function tallyTable(title: string, tallies: readonly Tally[]): string {
  const rows = tallies.map((tally) => {
    const answers = Object.entries(tally.answers).map(([name, count]) => `${name} ×${count}`);
    const verdicts = [
      ...(tally.rounds === 0 ? ['**not tried**'] : []),
      ...(tally.tooMany > 0 ? [`**${tally.tooMany} LET IN TOO OFTEN**`] : []),
      ...(tally.tooFew > 0 ? [`**${tally.tooFew} never let in**`] : []),
      ...tally.foreign.map((name) => `**unexpected: ${name}**`),
    ];
    return `| ${tally.title} | ${tally.rounds} | ${tally.attempts} | ${answers.join(', ')} | ${verdicts.join(', ') || 'none twice'} |`;
  });
  return [
    `### ${title}`,
    '',
    '| what | rounds | attempts | answers | verdict |',
    '|---|--:|--:|---|---|',
    ...rows,
    '',
  ].join('\n');
}
