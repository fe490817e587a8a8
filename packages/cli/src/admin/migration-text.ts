/** How far all spaces have come, as a person reads it. Pure. */
import type { MigrationStatus } from '@vivim/contract/admin';
import { count, day } from '../output/text.ts';

function sweepWords({ sweep, behind }: MigrationStatus): string {
  if (sweep === null) return behind === 0 ? 'nothing to do' : 'not begun';
  const failures = sweep.failures === 0 ? '' : `, ${count(sweep.failures, 'failure')}`;
  const since = `since ${day(sweep.startedAt)}`;
  if (sweep.state === 'stopped')
    return `STOPPED by ${sweep.stoppedBy}${failures}; \`vivim admin migrate resume\` goes on`;
  if (sweep.state === 'done') return `done, begun ${day(sweep.startedAt)}${failures}`;
  return sweep.canaryPassed
    ? `under way ${since}${failures}`
    : `under way ${since}, the first ${count(sweep.canary, 'space')} of it`;
}

export function migrationText(status: MigrationStatus): string {
  const { setAside, setAsideCount } = status;
  const rest = setAsideCount - setAside.length;
  return [
    `schema ${status.target}: ${status.current.toLocaleString('en')} of ${count(status.spaces, 'space')}`,
    `  behind     ${status.behind.toLocaleString('en')}`,
    ...(status.behind > setAsideCount && status.sweep?.state === 'done'
      ? ['             sealed ones come along when their owners unlock them, others when they are next opened']
      : []),
    `  set aside  ${setAsideCount.toLocaleString('en')}`,
    `  sweep      ${sweepWords(status)}`,
    ...setAside.map(({ userId, code, at }) => `  ${userId}  ${code}, ${at}`),
    ...(rest > 0 ? [`  … and ${rest.toLocaleString('en')} more`] : []),
  ].join('\n');
}
