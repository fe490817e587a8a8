/** In a line what an import brought: conversations by what became of them, messages, and how much of it there is to look at. */
import type { ImportRun } from '@vivim/contract/imports';
import { list, number } from '../../count.ts';
import { strings } from '../../strings.ts';

const outcomes = ['added', 'updated', 'unchanged', 'skipped'] as const;

export function ImportOutcome({ run }: { run: ImportRun }) {
  const { conversations, messages, issueCount } = run.report;
  const parts = outcomes
    .filter((outcome) => outcome === 'added' || conversations[outcome] > 0)
    .map((outcome) => `${number(conversations[outcome])} ${strings.import.outcomes[outcome]}`);
  return (
    <p className="meta">
      <span>{`${strings.import.conversations}: ${list(parts)}`}</span>
      <span>{`${strings.import.messages}: ${number(messages.added)} ${strings.import.outcomes.added}`}</span>
      {issueCount > 0 && <span className="warn">{strings.import.issues(number(issueCount))}</span>}
    </p>
  );
}
