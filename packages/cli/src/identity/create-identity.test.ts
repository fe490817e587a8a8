/** New identities and those that were begun: what was cut short is made up for, and neither side keeps half of one. */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { atTerminal, type Terminal } from '../../../../test/kit/terminal.ts';

interface Shown {
  readonly did: string;
  readonly userId: string;
  readonly device: { readonly id: string; readonly name: string | null };
  readonly access: { readonly safe: boolean };
  readonly keys: readonly { readonly purpose: string }[];
}

describeOnMaster('a new identity', (kind) => {
  const gateway = useGateway(kind, { registrationsPerDay: 20 });
  const fileOf = (terminal: Terminal, name: string) => path.join(terminal.directory, 'profiles', `${name}.json`);
  const shownBy = async (terminal: Terminal, ...args: string[]): Promise<Shown> =>
    JSON.parse((await terminal.run([...args, '--json'])).stdout);

  it('has a key that signs in, one that opens, and a name the server cannot read', async () => {
    const [alice, bob] = [atTerminal(gateway().url, 'alice'), atTerminal(gateway().url, 'bob')];
    const made = await shownBy(alice, 'identity', 'create', '--name', 'Atelier Lisbon');
    expect(made).toMatchObject({ device: { name: 'Atelier Lisbon' }, access: { safe: false } });
    expect(made.keys.map(({ purpose }) => purpose)).toEqual(['rotation', 'device-enc']);
    const his = await shownBy(bob, 'identity', 'create');
    expect(his.did).not.toBe(made.did);
    expect(await shownBy(alice, 'identity', 'show')).toEqual(made);
    expect((await alice.run(['identity', 'did'])).stdout).toBe(`${made.did}\n`);
    const devices = await gateway().master.db.selectFrom('devices').selectAll().execute();
    expect(devices.map(({ name_ct }) => name_ct)).not.toContain(null);
    expect(JSON.stringify(devices)).not.toContain('Atelier');
    expect(gateway().log.join('\n')).not.toContain('Atelier');
    const { code, stderr } = await alice.run(['identity', 'create']);
    expect([code, stderr]).toEqual([5, expect.stringContaining('its key is not replaced')]);
  });

  it('says how to get a second way in', async () => {
    const alice = atTerminal(gateway().url, 'alice');
    const { stdout } = await alice.run(['identity', 'create']);
    expect(stdout).toMatch(/no second way in yet.*vivim recovery key/);
    await alice.run(['recovery', 'key', '--force']);
    expect((await alice.run(['identity', 'show'])).stdout).toContain('does not lose you the account');
  });

  it('is kept where the server may have taken it, and finished by the next login', async () => {
    const alice = atTerminal(gateway().url, 'alice');
    gateway().engineDown = true;
    const failed = await alice.run(['identity', 'create', '--name', 'laptop']);
    expect([failed.code, failed.stderr]).toEqual([7, expect.stringContaining('Finish with: vivim login')]);
    gateway().engineDown = false;
    const { code, stdout } = await alice.run(['login']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Signed in with the key')]);
    expect(await shownBy(alice, 'identity', 'show')).toMatchObject({ device: { name: 'laptop' } });
  });

  it('is thrown away where the server refused it', async () => {
    const terminals = Array.from({ length: 21 }, (_, index) => atTerminal(gateway().url, `p${index}`));
    let refused: string | null = null;
    for (const [index, terminal] of terminals.entries()) {
      const { code } = await terminal.run(['identity', 'create']);
      if (code === 0) continue;
      expect(code).toBe(8);
      refused = fileOf(terminal, `p${index}`);
      break;
    }
    expect(refused).not.toBeNull();
    expect(existsSync(refused ?? '')).toBe(false);
  });
});

describeOnMaster('an identity that is there', (kind) => {
  const gateway = useGateway(kind);
  const shownBy = async (terminal: Terminal, ...args: string[]): Promise<Shown> =>
    JSON.parse((await terminal.run([...args, '--json'])).stdout);
  async function person(name: string): Promise<Terminal> {
    const terminal = atTerminal(gateway().url, name);
    await terminal.run(['identity', 'create', '--name', `${name}’s laptop`]);
    return terminal;
  }

  it('of a profile of version 1 signs in, gets a key that opens and the name of its machine', async () => {
    const alice = await person('alice');
    const { did, userId } = await shownBy(alice, 'identity', 'show');
    const { server, identityKey, dpopKey } = alice.profile();
    const file = path.join(alice.directory, 'profiles/alice.json');
    writeFileSync(file, JSON.stringify({ version: 1, server, did, identityKey, dpopKey, session: null }));
    const { code, stdout } = await alice.run(['login']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Signed in with the key')]);
    const shown = await shownBy(alice, 'identity', 'show');
    expect(shown).toMatchObject({ did, userId, device: { name: expect.stringMatching(/./) } });
    // The key that opens it had before lay in the lost file: it is gone from the log, and the wrap with it.
    expect(shown.keys.map(({ purpose }) => purpose)).toEqual(['rotation', 'device-enc']);
    expect((await alice.run(['keys', 'log', '--verify'])).code).toBe(0);
  });

  it('is made whole once by many commands that run at once', async () => {
    const alice = await person('alice');
    const { did } = await shownBy(alice, 'identity', 'show');
    const { server, identityKey, dpopKey } = alice.profile();
    const file = path.join(alice.directory, 'profiles/alice.json');
    writeFileSync(file, JSON.stringify({ version: 1, server, did, identityKey, dpopKey, session: null }));
    const runs = await Promise.all(Array.from({ length: 6 }, () => alice.run(['devices'])));
    expect(runs.map(({ code, stderr }) => `${code}${stderr}`)).toEqual(Array(6).fill('0'));
    const shown = await shownBy(alice, 'identity', 'show');
    expect(shown.keys.map(({ purpose }) => purpose)).toEqual(['rotation', 'device-enc']);
  });

  it('of an account older than the log begins it, and has a device from then on', async () => {
    const [alice, bob] = [await person('alice'), await person('bob')];
    const { userId } = await shownBy(alice, 'identity', 'show');
    const { db } = gateway().master;
    await db.deleteFrom('key_log').where('user_id', '=', userId).execute();
    await db.deleteFrom('keys').where('user_id', '=', userId).where('purpose', '=', 'device-enc').execute();
    await db.updateTable('keys').set({ device_id: null }).where('user_id', '=', userId).execute();
    await db.deleteFrom('devices').where('user_id', '=', userId).execute();
    const fresh = { key_log_seq: 0, key_log_head: null };
    await db.updateTable('users').set(fresh).where('user_id', '=', userId).execute();
    const runs = await Promise.all(Array.from({ length: 4 }, () => alice.run(['devices'])));
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    const { stdout } = await alice.run(['keys', 'log', '--verify']);
    expect(stdout).toContain('2 entries, each in its place');
    await alice.run(['devices', 'rename', (await shownBy(alice, 'identity', 'show')).device.id, 'old laptop']);
    expect((await alice.run(['devices'])).stdout).toContain('old laptop');
    expect((await bob.run(['devices'])).stdout).toContain('bob’s laptop');
  });

  it('is registered with another server by logging in there', async () => {
    const alice = await person('alice');
    const { did } = await shownBy(alice, 'identity', 'show');
    // To this server the key is new; the profile is of another one.
    const elsewhere = atTerminal(gateway().url, 'alice');
    const profile = { ...alice.profile(), server: 'http://127.0.0.1:9', session: null };
    await elsewhere.run(['identity', 'create', '--profile', 'stranger']);
    writeFileSync(path.join(elsewhere.directory, 'profiles/alice.json'), JSON.stringify(profile), { mode: 0o600 });
    const { stdout } = await elsewhere.run(['login', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ did, server: gateway().url, outcome: 'signed-in' });
    expect(elsewhere.profile()).toMatchObject({ server: gateway().url, deviceId: alice.profile().deviceId });
  });

  it('of another person is not taken over by naming it', async () => {
    const [alice, bob] = [await person('alice'), await person('bob')];
    const hers = (await shownBy(alice, 'identity', 'show')).device.id;
    for (const args of [
      ['devices', 'rename', hers, 'mine'],
      ['devices', 'revoke', hers],
    ])
      expect((await bob.run(args)).code).toBe(4);
    expect((await alice.run(['devices'])).stdout).toContain('alice’s laptop');
  });

  it.each([['x'.repeat(81)], [' '], ['a\u0007b']])('takes no name such as %j', async (name) => {
    const alice = await person('alice');
    const { device } = await shownBy(alice, 'identity', 'show');
    expect((await alice.run(['devices', 'rename', device.id, name])).code).toBe(2);
  });
});
