/** Versions, the wall, schemas of spaces and backups of a server. */
import type { OperatorOverview } from '@vivim/contract/operator';
import { number } from '../../count.ts';
import { bytes, dayAndTime } from '../../format.ts';
import { strings } from '../../strings.ts';

const words = strings.operator;

function Versions({ overview }: { overview: OperatorOverview }) {
  const { versions, startedAt, health, spaces } = overview;
  return (
    <section>
      <h2>{words.versions}</h2>
      <dl className="facts">
        {(['vivim', 'node', 'postgres'] as const).map((name) => (
          <div key={name} className="did">
            <dt>{words.version[name]}</dt>
            <dd>{versions[name]}</dd>
          </div>
        ))}
        <dt>{words.version.spaceSchema}</dt>
        <dd>
          {number(versions.spaceSchema)}; {words.current(spaces.current, spaces.spaces)}
        </dd>
        <dt>{words.wall}</dt>
        <dd>
          {strings.identity.modes[health.engines.mode]}, {strings.identity.jails[health.engines.jail]}
        </dd>
        <dt>{words.since}</dt>
        <dd>{dayAndTime(startedAt)}</dd>
      </dl>
    </section>
  );
}

function Backups({ backups }: Pick<OperatorOverview, 'backups'>) {
  if (backups === null) return null;
  const { lastSuccessAt, everyMs, nextAt, place, lastRun } = backups;
  return (
    <section>
      <h2>{words.backups}</h2>
      <dl className="facts">
        <dt>{words.lastSuccess}</dt>
        <dd>{lastSuccessAt === null ? words.never : dayAndTime(lastSuccessAt)}</dd>
        <dt>{words.nextAt}</dt>
        <dd>{everyMs === null || nextAt === null ? words.notPlanned : dayAndTime(nextAt)}</dd>
        <dt>{words.place}</dt>
        <dd>{words.places[place]}</dd>
        {lastRun !== null && (
          <>
            <dt>{words.lastRun}</dt>
            <dd>
              {dayAndTime(lastRun.startedAt)}:{' '}
              {words.lastRunOf(lastRun.copied, lastRun.unchanged, bytes(lastRun.bytes))}
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

export function ServerFacts({ overview }: { overview: OperatorOverview }) {
  return (
    <div className="side-by-side">
      <Versions overview={overview} />
      <Backups backups={overview.backups} />
    </div>
  );
}
