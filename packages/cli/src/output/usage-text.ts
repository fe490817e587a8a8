/** What a space takes and what its engine used, as a person reads it. Pure. */
import type { Usage } from '@vivim/contract/account';
import { bytes, processorTime, table } from './text.ts';

export function usageText({ disk, days }: Usage): string {
  const onDisk = `${bytes(disk.bytes)} on disk, of ${bytes(disk.quotaBytes)}`;
  if (days.length === 0) return `${onDisk}\nNothing was used yet; figures are written down once a minute.`;
  const rows = days.map(({ day, requests, engineMs }) => [day, requests.toLocaleString('en'), processorTime(engineMs)]);
  return [onDisk, '', table([['day', 'requests', 'processor time'], ...rows])].join('\n');
}
