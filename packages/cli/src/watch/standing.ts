/** How watching for a profile stands on this machine: who does it, since when, what came in. Asks no server. */
import { sourceNames } from '@vivim/contract/conversation';
import type { Environment } from '../config/environment.ts';
import { count } from '../output/text.ts';
import { serviceFile } from './service.ts';
import { type Holder, watcherOf } from './watch-lock.ts';
import { readWatchRecord, type WatchRecord } from './watch-record.ts';

export interface Standing {
  /** Null where nobody watches. */
  readonly watcher: Holder | null;
  /** What the last watcher said of itself, also when it is gone. */
  readonly last: WatchRecord | null;
  /** File of the service, where one was installed. */
  readonly service: string | null;
}

export const standingOf = (environment: Environment, profile: string): Standing => ({
  watcher: watcherOf(environment.stateDirectory, profile),
  last: readWatchRecord(environment.stateDirectory, profile),
  service: serviceFile(environment, profile),
});

/** One line of it, for `vivim status`; null where nobody ever watched. */
export function standingLine({ watcher, last }: Standing): string | null {
  if (watcher === null) return last === null ? null : 'not watched now: vivim watch';
  if (last?.trouble)
    return `watched by process ${watcher.pid}; nothing comes in (${last.trouble.code}) since ${last.trouble.since}`;
  return `watched by process ${watcher.pid} since ${watcher.startedAt}`;
}

export function standingText(profile: string, standing: Standing): string {
  const { watcher, last, service } = standing;
  const programs = Object.entries(last?.programs ?? {});
  return [
    `Profile ${profile}: ${standingLine(standing) ?? 'never watched on this machine'}`,
    ...(last?.lookedAt ? [`  last look ${last.lookedAt}, ${last.server}`] : []),
    ...programs.map(
      ([source, { at, times }]) =>
        `  ${sourceNames[source as keyof typeof sourceNames]}: last came in ${at}, ${count(times, 'time')} since it was started`,
    ),
    ...(last !== null && last.failed > 0 ? [`  ${count(last.failed, 'file')} could not be brought in`] : []),
    `  service: ${service ?? 'none; vivim watch --install makes one'}`,
    ...(watcher === null && service !== null ? ['  The service does not run: systemctl --user status shows why.'] : []),
  ].join('\n');
}
