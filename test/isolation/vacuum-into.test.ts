/** VACUUM INTO writes wherever the process can; inside the jail of an engine that is its own directory and nothing else. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bubblewrapPlaces } from '@vivim/gateway/fleet/bubblewrap';
import type { EngineProgram } from '@vivim/gateway/fleet/engine-program';
import { chooseJail } from '@vivim/gateway/fleet/jail';
import { afterEach, describe, expect, it } from 'vitest';
import { root } from '../architecture/source-files.ts';

const installed = bubblewrapPlaces.some((path) => existsSync(path));
const reason = installed ? '' : ' (skipped: bubblewrap is not installed; apt-get install bubblewrap)';

const driver = join(root, 'node_modules/better-sqlite3-multiple-ciphers');
/** Copies a database of its own to every place it is told, and says how each went. */
const script = `
const Database = require(${JSON.stringify(driver)});
const database = new Database(process.cwd() + '/user.db');
database.exec('CREATE TABLE IF NOT EXISTS t (x)');
for (const target of process.argv.slice(2)) {
  try { database.prepare('VACUUM INTO ?').run(target); console.log('written'); } catch (error) { console.log(error.code ?? 'failed'); }
}`;

const home = mkdtempSync(join(tmpdir(), 'vivim-vacuum-'));
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe.skipIf(!installed)(`bubblewrap${reason}`, () => {
  it('lets VACUUM INTO write beside its own database, and not beside a neighbour’s or anywhere else', async () => {
    const [alice, bob, sockets] = ['alice', 'bob', 'sockets'].map((name) => join(home, name)) as [
      string,
      string,
      string,
    ];
    for (const directory of [alice, bob, sockets]) mkdirSync(directory, { recursive: true });
    writeFileSync(join(bob, 'user.db'), 'his');
    const entry = join(home, 'try.cjs');
    writeFileSync(entry, script);
    const program: EngineProgram = {
      node: process.execPath,
      flags: [],
      entry,
      readable: [entry, driver],
      compileCache: null,
      snapshot: null,
    };
    const { jail } = await chooseJail('require', program);
    const { file, args, env, inside } = jail.enclose(program, { spaces: alice, sockets, models: null });
    const targets = [join(inside(alice), 'copy.db'), join(bob, 'copy.db'), join(bob, 'user.db'), '/tmp/copy.db', entry];
    const ran = spawnSync(file, [...args, ...targets], { env, encoding: 'utf8' });
    const told = ran.stdout.trim().split('\n');
    expect([ran.stderr, told[0], told.slice(1).includes('written'), told.length]).toEqual(['', 'written', false, 5]);
    expect([readdirSync(alice).sort(), readdirSync(bob)]).toEqual([['copy.db', 'user.db'], ['user.db']]);
  });
});
