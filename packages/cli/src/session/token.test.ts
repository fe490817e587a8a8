/** Tokens in the place of a profile: what they may, what they may not, and how that is said. */
import { expect, it } from 'vitest';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { atTerminal, type Terminal } from '../../../../test/kit/terminal.ts';

describeOnMaster('VIVIM_TOKEN', (kind) => {
  const gateway = useGateway(kind);

  async function person(name: string): Promise<Terminal> {
    const terminal = atTerminal(gateway().url, name);
    await terminal.run(['identity', 'create']);
    return terminal;
  }
  const tokenOf = async (terminal: Terminal, ...scopes: string[]) => {
    const scope = scopes.flatMap((each) => ['--scope', each]);
    const run = await terminal.run(['tokens', 'create', '--days', '1', ...scope]);
    expect(run.stdout).toMatch(/^vivim_pat_[\w-]{43}\n$/);
    return run.stdout.trim();
  };

  it('sees its owner’s and nobody else’s, without a profile', async () => {
    const [alice, bob] = [await person('alice'), await person('bob')];
    const token = await tokenOf(alice, 'account:read');
    const nowhere = atTerminal(gateway().url, 'nobody');
    const { stdout } = await nowhere.run(['devices', '--json'], { token });
    const mine = JSON.parse((await alice.run(['devices', '--json'])).stdout).items;
    const his = JSON.parse((await bob.run(['devices', '--json'])).stdout).items;
    expect(JSON.parse(stdout).items.map(({ id }: { id: string }) => id)).toEqual([mine[0].id]);
    expect(stdout).not.toContain(his[0].id);
    // Names are sealed to devices, and a token is none.
    expect(JSON.parse(stdout).items[0].name).toBeNull();
    expect((await nowhere.run(['sessions'], { token })).stdout).toContain('token');
    expect((await nowhere.run(['recovery', 'status'], { token })).code).toBe(0);
    expect((await nowhere.run(['keys', 'log', '--verify'], { token })).code).toBe(0);
  });

  it('is refused what it was not made for, and says which scope that takes', async () => {
    const alice = await person('alice');
    const token = await tokenOf(alice, 'memory:read', 'account:read');
    const nowhere = atTerminal(gateway().url, 'nobody');
    const write = await nowhere.run(['import', '-'], { token, stdin: '[]' });
    expect([write.code, write.stderr]).toEqual([3, expect.stringContaining('was not given memory:write')]);
    expect(write.stderr).toContain('vivim tokens create --scope memory:write');
    expect(gateway().passed).toEqual([]);
  });

  it.each([
    [['devices', 'revoke', 'x']],
    [['recovery', 'key', '--force']],
    [['identity', 'show']],
    [['account', 'delete', '--yes']],
    [['tokens', 'create', '--scope', 'memory:read', '--days', '1']],
    [['sessions', 'end', '--all']],
  ])('cannot do what takes a key: %j', async (args) => {
    const alice = await person('alice');
    const token = await tokenOf(alice, 'account:read');
    const { code, stdout, stderr } = await alice.run(args, { token });
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('it takes a key of yours. Unset it, or name a --profile.');
  });

  it('gives way to a profile that is named', async () => {
    const alice = await person('alice');
    const token = await tokenOf(alice, 'memory:read');
    expect((await alice.run(['devices'], { token })).code).toBe(3);
    expect((await alice.run(['devices', '--profile', 'alice'], { token })).code).toBe(0);
  });

  it('that ended opens nothing, and what is no token is not sent anywhere', async () => {
    const alice = await person('alice');
    const made = JSON.parse(
      (await alice.run(['tokens', 'create', '--days', '1', '--scope', 'account:read', '--json'])).stdout,
    );
    expect(made).toMatchObject({ scopes: ['account:read'], sessionId: expect.any(String) });
    await alice.run(['sessions', 'end', made.sessionId]);
    const ended = await alice.run(['devices'], { token: made.token });
    expect([ended.code, ended.stderr]).toEqual([3, expect.stringContaining('ended')]);
    const from = gateway().log.length;
    const odd = await alice.run(['devices'], { token: 'not a token' });
    expect([odd.code, odd.stderr]).toEqual([2, expect.stringContaining('vivim_pat_')]);
    expect(gateway().log.length).toBe(from);
  });

  it('is named for its owner alone', async () => {
    const alice = await person('alice');
    await alice.run(['tokens', 'create', '--days', '1', '--scope', 'memory:read', '--name', 'nightly report']);
    expect((await alice.run(['sessions'])).stdout).toContain('nightly report');
    const rows = await gateway().master.db.selectFrom('sessions').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain('nightly');
  });
});
