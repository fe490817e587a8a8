/** The figures of a server one looks at first. */
import type { OperatorOverview } from '@vivim/contract/operator';
import { number } from '../../count.ts';
import { bytes } from '../../format.ts';
import { strings } from '../../strings.ts';

const words = strings.operator.figures;

export function ServerFigures({ overview }: { overview: OperatorOverview }) {
  const { accounts, engines, disk } = overview;
  const figures = [
    {
      name: words.accounts,
      value: number(accounts.accounts),
      more: [
        `${number(accounts.seenToday)} ${words.seenToday}`,
        `${number(accounts.seenThisMonth)} ${words.seenThisMonth}`,
        ...(accounts.locked > 0 ? [words.locked(accounts.locked)] : []),
        ...(accounts.deleting > 0 ? [words.deleting(accounts.deleting)] : []),
      ],
    },
    {
      name: words.engines,
      value: number(engines.open),
      more: [`${number(engines.idle)} ${words.idle}`, `${number(engines.waiting)} ${words.waiting}`],
    },
    { name: words.jobs, value: number(engines.pendingJobs), more: [words.jobsText] },
    { name: words.disk, value: bytes(disk.freeBytes), more: [words.ofDisk(bytes(disk.totalBytes))] },
    {
      name: words.memory,
      value: bytes(engines.memory.availableBytes),
      more: [words.ofDisk(bytes(engines.memory.totalBytes))],
    },
  ];
  return (
    <ul className="tiles wide">
      {figures.map(({ name, value, more }) => (
        <li key={name}>
          <span>{name}</span>
          <b>{value}</b>
          <small>{more.join(' · ')}</small>
        </li>
      ))}
    </ul>
  );
}
