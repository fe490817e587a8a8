/** What of a server's state an operator should do something about, most urgent first. Pure. */
import type { OperatorOverview } from '@vivim/contract/operator';
import { bytes } from '../../format.ts';
import { strings } from '../../strings.ts';

const words = strings.operator.troubles;
/** Less of the disk than this is soon nothing. */
const leastFree = 0.05;

export function troublesOf({ health, engines, disk, spaces, backups }: OperatorOverview): string[] {
  const found: [boolean, string][] = [
    [health.master.status === 'down', words.master],
    [disk.freeBytes < disk.totalBytes * leastFree, words.disk(bytes(disk.freeBytes))],
    [engines.memoryShort, words.memory],
    [spaces.sweep?.state === 'stopped', words.stopped],
    [spaces.setAsideCount > 0, words.setAside(spaces.setAsideCount)],
    [backups === null, words.place],
    [backups?.overdue === true, words.backups],
    [backups !== null && backups.lastSuccessAt === null && !backups.overdue, words.noBackups],
    [(backups?.lastRun?.failed ?? 0) > 0, words.failed(backups?.lastRun?.failed ?? 0)],
    [health.status === 'degraded' && health.models.status === 'down', words.models],
    [health.engines.jail === 'none' || health.engines.jail === 'node-permission', words.jail],
  ];
  return found.filter(([is]) => is).map(([, text]) => text);
}
