/** Devices that come in by an account's own word, and those that do not. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { atTerminal, type Terminal } from '../../../../test/kit/terminal.ts';

describeOnMaster('a machine that joins', (kind) => {
  const gateway = useGateway(kind);
  afterEach(() => {
    vi.useRealTimers();
  });

  async function person(name: string): Promise<Terminal & { did: string }> {
    const terminal = atTerminal(gateway().url, name);
    await terminal.run(['identity', 'create', '--name', 'first']);
    return { ...terminal, did: (await terminal.run(['identity', 'did'])).stdout.trim() };
  }
  const join = async (machine: Terminal, account: string, ...more: string[]) => {
    const running = machine.start(['devices', 'join', '--account', account, '--name', 'second', ...more]);
    const [, words = '', id = ''] = await running.seen(/shows:\s+([a-z ]+?)\s+Let[\s\S]+approve (\S+)/);
    return { ...running, words, id };
  };
  const namesOn = async (terminal: Terminal): Promise<string[]> =>
    JSON.parse((await terminal.run(['devices', '--json'])).stdout).items.map(({ name }: { name: string }) => name);

  it('shows the words the account sees, and once let in reads every name', async () => {
    const [alice, second] = [await person('alice'), atTerminal(gateway().url, 'alice')];
    const joining = await join(second, alice.did);
    const { stdout } = await alice.run(['devices', 'requests']);
    expect(stdout).toContain(joining.words);
    const approved = await alice.run(['devices', 'approve', joining.id, '--words', joining.words.toUpperCase()]);
    expect(approved.code).toBe(0);
    const { code, stdout: entered } = await joining.ended;
    expect([code, entered]).toEqual([0, expect.stringContaining('this device is called second')]);
    expect(await namesOn(alice)).toEqual(['first', 'second']);
    expect(await namesOn(second)).toEqual(['first', 'second']);
    expect(second.profile()).toMatchObject({ account: alice.did, pending: null, unsentName: null });
  });

  it('is let in by a y, and by nothing else', async () => {
    const [alice, second] = [await person('alice'), atTerminal(gateway().url, 'alice')];
    const joining = await join(second, alice.did);
    const typed = { tty: true };
    const no = await alice.run(['devices', 'approve', joining.id], { ...typed, stdin: '\n' });
    expect([no.code, no.stderr]).toEqual([3, expect.stringContaining(joining.words)]);
    const unseen = await alice.run(['devices', 'approve', joining.id]);
    expect([unseen.code, unseen.stderr]).toEqual([2, expect.stringContaining('--words')]);
    const other = await alice.run(['devices', 'approve', joining.id, '--words', 'one two three four five six']);
    expect([other.code, other.stderr]).toEqual([3, expect.stringContaining('Nothing was let in')]);
    expect(await namesOn(alice)).toEqual(['first']);
    expect((await alice.run(['devices', 'approve', joining.id], { ...typed, stdin: 'y\n' })).code).toBe(0);
    expect((await joining.ended).code).toBe(0);
  });

  it('is let in by nobody else', async () => {
    const [alice, bob, second] = [await person('alice'), await person('bob'), atTerminal(gateway().url, 'alice')];
    const joining = await join(second, alice.did);
    expect((await bob.run(['devices', 'requests'])).stdout).toContain('No device asks');
    for (const args of [
      ['devices', 'approve', joining.id, '--words', joining.words],
      ['devices', 'refuse', joining.id],
    ])
      expect((await bob.run(args)).code).toBe(4);
    expect((await alice.run(['devices', 'refuse', joining.id])).code).toBe(0);
    const { code, stderr } = await joining.ended;
    expect([code, stderr]).toEqual([3, expect.stringContaining('kept this one out')]);
    expect(existsSync(path.join(second.directory, 'profiles/alice.json'))).toBe(false);
  });

  it('waits as long for an account that is not there', async () => {
    const second = atTerminal(gateway().url, 'nobody');
    const joining = await join(second, 'did:key:z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11 * 60_000 });
    const { code, stderr } = await joining.ended;
    expect([code, stderr]).toEqual([3, expect.stringContaining('Nobody let this device in in time')]);
  });

  it('goes on where it was interrupted, and is no profile until it is in', async () => {
    const [alice, second] = [await person('alice'), atTerminal(gateway().url, 'alice')];
    const joining = await join(second, alice.did);
    process.emit('SIGINT');
    const stopped = await joining.ended;
    expect([stopped.code, stopped.stderr]).toEqual([
      130,
      expect.stringContaining('vivim devices join --profile alice'),
    ]);
    const early = await second.run(['devices']);
    expect([early.code, early.stderr]).toEqual([5, expect.stringContaining('Go on with: vivim devices join')]);
    expect((await second.run(['login'])).code).toBe(5);
    await alice.run(['devices', 'approve', joining.id, '--words', joining.words]);
    const { code, stdout } = await second.run(['devices', 'join']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('You are in as')]);
    expect((await second.run(['devices', 'join'])).code).toBe(5);
  });

  it('comes in also where it was let in long before it looked again', async () => {
    const [alice, second] = [await person('alice'), atTerminal(gateway().url, 'alice')];
    const joining = await join(second, alice.did);
    process.emit('SIGINT');
    await joining.ended;
    await alice.run(['devices', 'approve', joining.id, '--words', joining.words]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    expect((await second.run(['devices', 'join'])).code).toBe(0);
  });

  it('needs an account, and a profile that is not taken', async () => {
    const alice = await person('alice');
    const fresh = await alice.run(['devices', 'join', '--profile', 'fresh']);
    expect([fresh.code, fresh.stderr]).toEqual([2, expect.stringContaining('--account')]);
    expect((await alice.run(['devices', 'join', '--account', alice.did])).code).toBe(5);
    expect((await alice.run(['devices', 'join', '--account', 'alice', '--profile', 'fresh'])).code).toBe(2);
    const malformed = await alice.run(['devices', 'join', '--account', 'did:key:z6Mk', '--profile', 'fresh']);
    expect(malformed.code).toBe(3);
    expect(existsSync(path.join(alice.directory, 'profiles/fresh.json'))).toBe(false);
  });

  it('tells a program its words first, on a line of their own', async () => {
    const [alice, second] = [await person('alice'), atTerminal(gateway().url, 'alice')];
    const running = second.start(['devices', 'join', '--account', alice.did, '--json']);
    const [line] = await running.seen(/^\{.+\}\n/);
    const { id, words } = JSON.parse(line);
    await alice.run(['devices', 'approve', id, '--words', words]);
    const { stdout, stderr } = await running.ended;
    expect(stderr).toBe('');
    expect(JSON.parse(stdout.split('\n')[1] ?? '')).toMatchObject({
      did: alice.did,
      device: { id: expect.any(String) },
    });
  });

  it('shut out, opens nothing from then on, on the device and in its sessions', async () => {
    const [alice, second] = [await person('alice'), atTerminal(gateway().url, 'alice')];
    const joining = await join(second, alice.did);
    await alice.run(['devices', 'approve', joining.id, '--words', joining.words]);
    await joining.ended;
    const { id } = JSON.parse((await second.run(['identity', 'show', '--json'])).stdout).device;
    // The first device is stronger, and there is no paper.
    const first = JSON.parse((await alice.run(['identity', 'show', '--json'])).stdout).device.id;
    const weak = await second.run(['devices', 'revoke', first]);
    expect([weak.code, weak.stderr]).toEqual([2, expect.stringContaining('A key cannot revoke a stronger one')]);
    expect((await alice.run(['devices', 'revoke', id])).code).toBe(0);
    const out = await second.run(['devices']);
    expect([out.code, out.stderr]).toEqual([3, expect.stringContaining('it was shut out, or never registered')]);
    expect((await second.run(['login'])).code).toBe(3);
    expect((await alice.run(['keys'])).stdout).not.toContain('signs in (a device)');
  });

  it('is shut out from itself only where that is meant, and never the last one', async () => {
    const alice = await person('alice');
    const { id } = JSON.parse((await alice.run(['identity', 'show', '--json'])).stdout).device;
    expect((await alice.run(['devices', 'revoke', id])).code).toBe(2);
    expect((await alice.run(['devices', 'revoke', id], { tty: true, stdin: 'n\n' })).code).toBe(3);
    const last = await alice.run(['devices', 'revoke', id, '--yes']);
    expect([last.code, last.stderr]).toEqual([5, expect.stringContaining('last key that signs in')]);
  });
});
