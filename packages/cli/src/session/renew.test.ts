/** Sessions of the command over real HTTP: renewed once for all that run at once, and begun anew only where they must be. */
import { cpSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { atTerminal, type Terminal } from '../../../../test/kit/terminal.ts';
import { changeProfile } from '../profile/profile.ts';
import type { Session } from '../profile/profile-shape.ts';

const minute = 60_000;

describeOnMaster('a session of the command', (kind) => {
  const gateway = useGateway(kind);

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

  async function person(name = 'alice'): Promise<Terminal> {
    const terminal = atTerminal(gateway().url, name);
    expect((await terminal.run(['identity', 'create'])).code).toBe(0);
    return terminal;
  }
  const sessionOf = (terminal: Terminal, name?: string) => terminal.profile(name).session as Session;
  /** How often a path was asked for since `from`. */
  const asked = (what: string, from = 0) =>
    gateway()
      .log.slice(from)
      .filter((line) => line.includes(what)).length;

  it('is used while it is good', async () => {
    const alice = await person();
    const before = sessionOf(alice);
    const from = gateway().log.length;
    later(9 * minute);
    expect((await alice.run(['sessions'])).code).toBe(0);
    expect(sessionOf(alice)).toEqual(before);
    expect(asked('/v1/auth/', from)).toBe(0);
  });

  it('is renewed once for eight commands that run at once after its token ended, without a signature', async () => {
    const [alice, bob] = [await person(), await person('bob')];
    const before = sessionOf(alice);
    later(11 * minute);
    const from = gateway().log.length;
    const runs = await Promise.all(Array.from({ length: 8 }, () => alice.run(['sessions', '--json'])));
    expect(runs.map(({ code }) => code)).toEqual(Array(8).fill(0));
    expect(asked('/v1/auth/refresh', from)).toBe(1);
    expect(asked('/v1/auth/challenge', from)).toBe(0);
    const after = sessionOf(alice);
    expect(after.sessionId).toBe(before.sessionId);
    expect(after.refreshToken).not.toBe(before.refreshToken);
    expect((await bob.run(['sessions'])).code).toBe(0);
  });

  it('outlives an old copy of the profile: whoever comes late with a used token signs in anew, and its owner is told', async () => {
    const alice = await person();
    const old = path.join(alice.directory, 'profiles');
    cpSync(path.join(old, 'alice.json'), path.join(old, 'copy.json'));
    later(11 * minute);
    await alice.run(['sessions']);
    const first = sessionOf(alice);
    later(minute);
    expect((await alice.run(['sessions', '--profile', 'copy'])).code).toBe(0);
    expect(sessionOf(alice, 'copy').sessionId).not.toBe(first.sessionId);
    // The session both had is over: so is its newest token.
    const { code, stderr } = await alice.run(['sessions']);
    expect([code, stderr]).toEqual([0, expect.stringContaining('a refresh token was used twice')]);
    expect(sessionOf(alice).sessionId).not.toBe(first.sessionId);
  });

  it('that was ended elsewhere is begun anew by the next command', async () => {
    const alice = await person();
    const { sessionId } = sessionOf(alice);
    await alice.run(['sessions', 'end', '--all']);
    expect(sessionOf(alice)).toBeNull();
    expect((await alice.run(['sessions'])).code).toBe(0);
    expect(sessionOf(alice).sessionId).not.toBe(sessionId);
  });

  it('is freshened by a signature where a route asks for one, and the command goes through', async () => {
    const alice = await person();
    later(6 * minute);
    const from = gateway().log.length;
    expect((await alice.run(['recovery', 'key', '--force'])).code).toBe(0);
    expect(asked('/v1/auth/challenge', from)).toBe(1);
    expect((await alice.run(['recovery', 'guardians', 'clear'])).code).toBe(0);
    expect(asked('/v1/auth/challenge', from)).toBe(1);
  });

  it('is never replaced by an older one', async () => {
    const alice = await person();
    later(11 * minute);
    const directory = alice.directory;
    await Promise.all([
      alice.run(['sessions']),
      ...Array.from({ length: 5 }, (_, index) =>
        changeProfile(directory, 'alice', (current) => ({ ...current, toldUpTo: 100 + index })),
      ),
    ]);
    const { refreshToken } = sessionOf(alice);
    later(11 * minute);
    await alice.run(['sessions']);
    expect(sessionOf(alice).refreshToken).not.toBe(refreshToken);
    expect((await alice.run(['account', 'log'])).stdout).not.toContain('used twice');
  });

  it('ends with logout, also when its token has, and signs nobody in to do it', async () => {
    const alice = await person();
    later(11 * minute);
    const from = gateway().log.length;
    expect((await alice.run(['logout'])).stdout).toContain('Signed out');
    expect(asked('/v1/auth/challenge', from)).toBe(0);
    expect((await alice.run(['logout'])).stdout).toContain('There was no session');
    const { code, stdout } = await alice.run(['login']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Signed in with the key')]);
    const { items } = JSON.parse((await alice.run(['sessions', '--json'])).stdout);
    expect(items).toHaveLength(1);
    await alice.run(['sessions', 'end', '--all']);
    expect((await alice.run(['logout'])).code).toBe(0);
  });
});
