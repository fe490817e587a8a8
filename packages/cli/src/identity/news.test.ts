/** What a command tells besides its result: what others did to the account, once, and to a person alone. */
import { expect, it } from 'vitest';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { atTerminal, type Terminal } from '../../../../test/kit/terminal.ts';

const notice = 'Not by this device';

describeOnMaster('news', (kind) => {
  const gateway = useGateway(kind);

  async function two(): Promise<[Terminal, Terminal]> {
    const [first, second] = [atTerminal(gateway().url, 'alice'), atTerminal(gateway().url, 'alice')];
    await first.run(['identity', 'create', '--name', 'first']);
    const did = (await first.run(['identity', 'did'])).stdout.trim();
    const joining = second.start(['devices', 'join', '--account', did, '--name', 'second']);
    const [, words = '', id = ''] = await joining.seen(/shows:\s+([a-z ]+?)\s+Let[\s\S]+approve (\S+)/);
    await first.run(['devices', 'approve', id, '--words', words]);
    await joining.ended;
    return [first, second];
  }

  it('of one’s own doing are none', async () => {
    const [first, second] = await two();
    for (const args of [['recovery', 'key', '--force'], ['recovery', 'guardians', 'clear'], ['devices'], ['keys']])
      expect((await first.run(args)).stderr).not.toContain(notice);
    await second.run(['devices']);
    await first.run(['logout']);
    expect((await first.run(['login'])).stderr).not.toContain(notice);
  });

  it('of another device’s are told once, on standard error, and not to a program', async () => {
    const [first, second] = await two();
    await second.run(['devices']);
    await first.run(['tokens', 'create', '--scope', 'memory:read', '--days', '1']);
    await first.run(['recovery', 'key', '--force']);
    const program = await second.run(['devices', '--json']);
    expect(program.stderr).toBe('');
    const told = await second.run(['devices']);
    expect(told.stdout).not.toContain(notice);
    expect(told.stderr).toMatch(
      /recovery key or the guardians were changed; a token was made\. See: vivim account log/,
    );
    expect(told.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect((await second.run(['devices'])).stderr).toBe('');
    await first.run(['recovery', 'key', '--replace', '--lost', '--force']);
    expect((await second.run(['devices'])).stderr).toContain('another recovery key, or none, was announced');
  });

  it('are told of a device that waits, until it is answered', async () => {
    const [first] = await two();
    const did = (await first.run(['identity', 'did'])).stdout.trim();
    const stranger = atTerminal(gateway().url, 'stranger');
    const joining = stranger.start(['devices', 'join', '--account', did]);
    const [, id = ''] = await joining.seen(/approve (\S+)/);
    expect((await first.run(['keys'])).stderr).toContain('a device asked to be let in (vivim devices requests)');
    await first.run(['devices', 'refuse', id]);
    await joining.ended;
    expect((await first.run(['keys'])).stderr).toBe('');
  });

  it('are known to whoever read the log', async () => {
    const [first, second] = await two();
    await second.run(['devices']);
    await first.run(['recovery', 'key', '--force']);
    const { stdout, stderr } = await second.run(['account', 'log']);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/the recovery key or the guardians were changed .* by first/);
    expect(stdout).toMatch(/a session was opened .* by second \(here\)/);
    const page = JSON.parse((await second.run(['account', 'log', '-n', '3', '--json'])).stdout);
    expect(page.items).toHaveLength(3);
    expect(page.nextCursor).not.toBeNull();
  });

  it('are each their own', async () => {
    const [first, second] = await two();
    const bob = atTerminal(gateway().url, 'bob');
    await bob.run(['identity', 'create']);
    await bob.run(['devices']);
    await second.run(['devices']);
    await first.run(['recovery', 'key', '--force']);
    expect((await bob.run(['devices'])).stderr).toBe('');
    expect((await bob.run(['account', 'log'])).stdout).not.toContain('recovery key');
    expect((await second.run(['devices'])).stderr).toContain(notice);
  });
});
