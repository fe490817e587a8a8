/** The watchers of a person's machines, as each told last. Their folders are told to nobody but the space's owner. */
import type { TellWatcher, ToldPlace, Watcher } from '@vivim/contract/watchers';
import { silentAfter } from '@vivim/contract/watchers';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

interface Row {
  readonly machine: string;
  readonly device: string;
  readonly ended: number;
  readonly places: string;
  readonly heardMs: number;
}

/** Machines of one person; the one that was heard of longest ago makes room. */
const most = 50;
const columns = ['machine', 'device', 'ended', 'places_json as places', 'heard_ms as heardMs'] as const;
const all = statement<Record<never, never>, Row>((db) =>
  db.selectFrom('watcher').select(columns).orderBy('heard_ms', 'desc').orderBy('machine'),
);
const byMachine = statement<{ machine: string }, Row>((db, p) =>
  db.selectFrom('watcher').select(columns).where('machine', '=', p.machine),
);
const put = statement<Row>(
  (_, p) => sql`
    INSERT INTO watcher (machine, device, ended, places_json, heard_ms)
    VALUES (${p.machine}, ${p.device}, ${p.ended}, ${p.places}, ${p.heardMs})
    ON CONFLICT (machine) DO UPDATE SET device = excluded.device, ended = excluded.ended,
      places_json = excluded.places_json, heard_ms = excluded.heard_ms`,
);
const remove = statement<{ machine: string }>((db, p) => db.deleteFrom('watcher').where('machine', '=', p.machine));
const makeRoom = statement<{ most: number }>(
  (_, p) => sql`
    DELETE FROM watcher WHERE pk NOT IN (SELECT pk FROM watcher ORDER BY heard_ms DESC, machine LIMIT ${p.most})`,
);

const shown = (row: Row, nowMs: number): Watcher => ({
  machine: row.machine,
  device: row.device,
  state: row.ended === 1 ? 'stopped' : nowMs - row.heardMs > silentAfter ? 'silent' : 'watching',
  heardAt: new Date(row.heardMs).toISOString(),
  places: JSON.parse(row.places) as ToldPlace[],
});

export class WatcherReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** The one heard of last first. */
  all(nowMs: number): Watcher[] {
    return all.all(this.connection, {}).map((row) => shown(row, nowMs));
  }

  find(machine: string, nowMs: number): Watcher | null {
    const row = byMachine.get(this.connection, { machine });
    return row === undefined ? null : shown(row, nowMs);
  }
}

export class WatcherWriter extends WatcherReader {
  put(machine: string, told: TellWatcher, nowMs: number): Watcher {
    const row: Row = {
      machine,
      device: told.device.toWellFormed(),
      ended: Number(told.ended),
      places: JSON.stringify(told.places),
      heardMs: nowMs,
    };
    put.run(this.connection, row);
    makeRoom.run(this.connection, { most });
    return shown(row, nowMs);
  }

  /** @returns what it was, or null where there was none */
  remove(machine: string, nowMs: number): Watcher | null {
    const found = this.find(machine, nowMs);
    remove.run(this.connection, { machine });
    return found;
  }
}
