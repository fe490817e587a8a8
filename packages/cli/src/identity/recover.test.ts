/** Back in without a device: by the words on paper, by guardians, after the wait, unless somebody says no. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { atTerminal, type Terminal } from '../../../../test/kit/terminal.ts';

const hour = 3_600_000;

describeOnMaster('getting back in', (kind) => {
  const gateway = useGateway(kind);
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

  type Person = Terminal & { readonly did: string };
  async function person(name: string): Promise<Person> {
    const terminal = atTerminal(gateway().url, name);
    await terminal.run(['identity', 'create', '--name', 'laptop']);
    return { ...terminal, did: (await terminal.run(['identity', 'did'])).stdout.trim() };
  }
  const parsed = async (terminal: Terminal, ...args: string[]) =>
    JSON.parse((await terminal.run([...args, '--json'])).stdout);
  const wordsOf = async (terminal: Terminal): Promise<string> => (await parsed(terminal, 'recovery', 'key')).words;
  /** New words in the place of old ones, by the old ones. */
  const replaced = async (terminal: Terminal, old: string): Promise<string> =>
    JSON.parse((await terminal.run(['recovery', 'key', '--replace', '--json'], { stdin: old })).stdout).words;
  const start = (machine: Terminal, account: string, words: string) =>
    machine.run(['recovery', 'start', '--account', account, '--name', 'new laptop'], { stdin: words });

  it('with the words on paper takes three days, and then everything is there again', async () => {
    const [alice, bob] = [await person('alice'), await person('bob')];
    const words = await wordsOf(alice);
    const back = atTerminal(gateway().url, 'alice');
    const started = await start(back, alice.did, words);
    expect([started.code, started.stdout]).toEqual([0, expect.stringContaining('can be finished from')]);
    const early = await back.run(['recovery', 'finish']);
    expect([early.code, early.stderr]).toEqual([5, expect.stringContaining('can be finished from')]);
    expect((await back.run(['recovery', 'status'])).stdout).toContain(`Getting back into ${alice.did}`);
    expect((await back.run(['devices'])).stderr).toContain('Go on with: vivim recovery finish');
    later(73 * hour);
    const finished = await back.run(['recovery', 'finish']);
    expect([finished.code, finished.stdout]).toEqual([0, expect.stringContaining('this device is called new laptop')]);
    const { items } = await parsed(back, 'devices');
    expect(items.map(({ name }: { name: string }) => name)).toEqual(['laptop', 'new laptop']);
    const frozen = await back.run(['account', 'delete', '--yes']);
    expect([frozen.code, frozen.stderr]).toEqual([3, expect.stringContaining('less than three days ago')]);
    expect((await back.run(['keys', 'log', '--verify'])).stdout).toContain('each in its place');
    expect((await parsed(bob, 'devices')).items).toHaveLength(1);
  });

  it('shuts every other device out where they were stolen', async () => {
    const alice = await person('alice');
    const back = atTerminal(gateway().url, 'alice');
    await start(back, alice.did, await wordsOf(alice));
    later(73 * hour);
    expect((await back.run(['recovery', 'finish', '--revoke-others'])).code).toBe(0);
    expect((await parsed(back, 'devices')).items).toHaveLength(1);
    expect((await alice.run(['devices'])).code).toBe(3);
    // The paper is still what it was.
    expect((await parsed(back, 'recovery', 'status')).recoveryKid).not.toBeNull();
  });

  it('is for the words of this account alone, and says no more than that', async () => {
    const [alice, bob] = [await person('alice'), await person('bob')];
    const [hers, his] = [await wordsOf(alice), await wordsOf(bob)];
    const machine = atTerminal(gateway().url, 'new');
    const nobody = 'did:key:z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG';
    const [foreign, unknown] = [await start(machine, alice.did, his), await start(machine, nobody, hers)];
    expect([foreign.code, foreign.stderr]).toEqual([3, 'vivim: The recovery key does not fit this account.\n']);
    expect(unknown.stderr).toBe(foreign.stderr);
    expect(existsSync(path.join(machine.directory, 'profiles/new.json'))).toBe(false);
    expect((await alice.run(['recovery', 'status'])).stdout).not.toContain('SOMEBODY');
    expect((await start(machine, alice.did, hers.replace(/\w+$/, 'zebra'))).code).toBe(2);
  });

  it('is stopped by any device that is in', async () => {
    const [alice, bob] = [await person('alice'), await person('bob')];
    const machine = atTerminal(gateway().url, 'new');
    await start(machine, alice.did, await wordsOf(alice));
    const { pending } = await parsed(alice, 'recovery', 'status');
    const told = await alice.run(['devices']);
    expect(told.stderr).toContain('somebody asked to get back in with a new key (vivim recovery status)');
    expect((await bob.run(['recovery', 'veto', pending[0].id])).code).toBe(4);
    expect((await alice.run(['recovery', 'veto', pending[0].id])).code).toBe(0);
    later(73 * hour);
    const { code, stderr } = await machine.run(['recovery', 'finish']);
    expect([code, stderr]).toEqual([3, expect.stringContaining('stopped this recovery')]);
    expect(existsSync(path.join(machine.directory, 'profiles/new.json'))).toBe(false);
  });

  it('by guardians takes as many as were asked for, each after the same six words', async () => {
    const [alice, ...friends] = await Promise.all(['alice', 'ann', 'ben', 'eve'].map(person));
    const [ann, ben, eve] = friends;
    if (alice === undefined || ann === undefined || ben === undefined || eve === undefined) throw new Error('people');
    const set = ['recovery', 'guardians', 'set', ann.did, ben.did, eve.did, '--threshold', '2'];
    expect((await alice.run(set)).stdout).toContain('2 of 3 guardians');
    const back = atTerminal(gateway().url, 'alice');
    const started = await parsed(back, 'recovery', 'start', '--account', alice.did, '--guardians');
    expect(started).toMatchObject({ state: 'waiting', threshold: 2, words: expect.any(String) });
    expect((await alice.run(['recovery', 'requests'])).stdout).toContain('Nobody asks you');
    const { items } = await parsed(ann, 'recovery', 'requests');
    expect(items).toMatchObject([{ account: alice.did, words: started.words }]);
    const { id } = items[0];

    const wrong = await ann.run(['recovery', 'vouch', id, '--words', 'one two three four five six']);
    expect(wrong.code).toBe(3);
    expect((await ann.run(['recovery', 'vouch', id, '--words', started.words])).code).toBe(0);
    expect((await ann.run(['recovery', 'vouch', id, '--words', started.words])).code).toBe(4);
    const waiting = await back.run(['recovery', 'finish']);
    expect([waiting.code, waiting.stderr]).toEqual([5, expect.stringContaining('1 of 2 guardians')]);
    const typed = await ben.run(['recovery', 'vouch', id], { tty: true, stdin: 'y\n' });
    expect([typed.code, typed.stderr]).toEqual([0, expect.stringContaining(started.words)]);
    expect((await back.run(['recovery', 'finish'])).stderr).toContain('can be finished from');
    later(73 * hour);
    expect((await back.run(['recovery', 'finish'])).code).toBe(0);
    const { items: devices } = await parsed(back, 'devices');
    expect(devices.map(({ name }: { name: string }) => name)[0]).toBe('laptop');
  });

  it('has guardians and paper side by side, changed one without the other', async () => {
    const [alice, bob] = [await person('alice'), await person('bob')];
    const first = await wordsOf(alice);
    const { recoveryKid } = await parsed(alice, 'recovery', 'status');
    await alice.run(['recovery', 'guardians', 'set', bob.did, '--threshold', '1']);
    expect(await parsed(alice, 'recovery', 'status')).toMatchObject({
      recoveryKid,
      guardians: { dids: [bob.did], threshold: 1 },
    });
    const again = await alice.run(['recovery', 'key', '--force']);
    expect([again.code, again.stderr]).toEqual([5, expect.stringContaining('--replace')]);
    expect(await replaced(alice, first)).not.toBe(first);
    const now = await parsed(alice, 'recovery', 'status');
    expect(now.recoveryKid).not.toBe(recoveryKid);
    expect(now.guardians.dids).toEqual([bob.did]);
    await alice.run(['recovery', 'guardians', 'clear']);
    expect(await parsed(alice, 'recovery', 'status')).toMatchObject({ recoveryKid: now.recoveryKid, guardians: null });
    for (const bad of [
      ['set', alice.did, '--threshold', '1'],
      ['set', bob.did, '--threshold', '2'],
      ['set', bob.did, bob.did, '--threshold', '2'],
      ['set', 'bob', '--threshold', '1'],
      ['set', bob.did],
    ])
      expect((await alice.run(['recovery', 'guardians', ...bad])).code).toBe(2);
  });

  it('has words that were lost replaced three days after that was announced, and not before', async () => {
    const [alice, bob] = [await person('alice'), await person('bob')];
    const old = await wordsOf(alice);
    const { recoveryKid } = await parsed(alice, 'recovery', 'status');
    const foreign = await alice.run(['recovery', 'key', '--replace', '--json'], { stdin: await wordsOf(bob) });
    expect([foreign.code, foreign.stdout]).toEqual([3, '']);
    const lost = ['recovery', 'key', '--replace', '--lost'];
    const first = await parsed(alice, ...lost);
    expect(first).toEqual({ announced: true, notBefore: expect.any(String) });
    later(71 * hour);
    expect(await parsed(alice, ...lost)).toEqual(first);
    const told = await alice.run([...lost, '--force']);
    expect([told.code, told.stdout]).toEqual([0, expect.stringMatching(/^Announced\. .* run the same command again/)]);
    expect((await parsed(alice, 'recovery', 'status')).recoveryKid).toBe(recoveryKid);
    later(2 * hour);
    const made = await parsed(alice, ...lost);
    expect(made).toEqual({ words: expect.any(String), kid: expect.not.stringMatching(recoveryKid) });
    expect((await parsed(alice, 'recovery', 'status')).recoveryKid).toBe(made.kid);
    expect((await start(atTerminal(gateway().url, 'new'), alice.did, old)).code).toBe(3);
    expect((await alice.run(['keys', 'log', '--verify'])).code).toBe(0);
  });

  it('prints words to a person, or where it was told to', async () => {
    const alice = await person('alice');
    const pipe = await alice.run(['recovery', 'key']);
    expect([pipe.code, pipe.stdout]).toEqual([2, '']);
    expect((await parsed(alice, 'recovery', 'status')).recoveryKid).toBeNull();
    const { stdout, stderr } = await alice.run(['recovery', 'key'], { tty: true });
    expect(stdout.match(/\d+ [a-z]+/g)).toHaveLength(24);
    expect(stderr).toContain(`Write the account down with them: ${alice.did}`);
    const ordered = [...stdout.matchAll(/(\d+) ([a-z]+)/g)]
      .sort((one, other) => Number(one[1]) - Number(other[1]))
      .map((match) => match[2]);
    const machine = atTerminal(gateway().url, 'new');
    expect((await start(machine, alice.did, ordered.join(' '))).code).toBe(0);
    // Values alone: `level` is a word of the list and the name of a field.
    const told = JSON.stringify(gateway().log.map((line) => Object.values(JSON.parse(line))));
    for (const word of new Set(ordered)) expect(told).not.toContain(`"${word}"`);
  });
});

describeOnMaster('the key on paper', (kind) => {
  const gateway = useGateway(kind);

  async function two(): Promise<{ first: Terminal; second: Terminal; words: string; did: string }> {
    const [first, second] = [atTerminal(gateway().url, 'alice'), atTerminal(gateway().url, 'alice')];
    await first.run(['identity', 'create', '--name', 'first']);
    const did = (await first.run(['identity', 'did'])).stdout.trim();
    const { words } = JSON.parse((await first.run(['recovery', 'key', '--json'])).stdout);
    await letIn(first, second, did);
    return { first, second, words, did };
  }

  async function letIn(host: Terminal, guest: Terminal, did: string): Promise<void> {
    const joining = guest.start(['devices', 'join', '--account', did]);
    const [, shown = '', id = ''] = await joining.seen(/shows:\s+([a-z ]+?)\s+Let[\s\S]+approve (\S+)/);
    await host.run(['devices', 'approve', id, '--words', shown]);
    await joining.ended;
  }

  it('is not replaced by a thief with a weaker device', async () => {
    const { second } = await two();
    const { code, stdout, stderr } = await second.run(['recovery', 'key', '--replace', '--lost', '--json']);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining('Only the strongest of your keys')]);
  });

  it('undoes what a thief did with the strongest device, also to the paper itself', async () => {
    const { first, second, words } = await two();
    await first.run(['recovery', 'key', '--replace', '--lost', '--json']);
    const undone = await second.run(['keys', 'undo', '5'], { stdin: words });
    expect([undone.code, undone.stderr]).toEqual([0, expect.stringContaining('the recovery key is')]);
    expect((await first.run(['keys', 'log'])).stdout).toContain('(undone by 6)');
    const again = await first.run(['keys', 'undo', '5']);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('no such entry in force')]);
    expect((await first.run(['keys', 'undo', '99'])).code).toBe(4);
    expect((await first.run(['keys', 'undo', '1'])).code).toBe(2);
  });

  it('is not asked where the device is strong enough', async () => {
    const { first, second, did } = await two();
    await letIn(second, atTerminal(gateway().url, 'alice'), did);
    const { code, stderr } = await first.run(['keys', 'undo', '5']);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('recovery key is')]);
  });

  it('shuts out a device that is stronger than the one at hand', async () => {
    const { first, second, words } = await two();
    const { id } = JSON.parse((await first.run(['identity', 'show', '--json'])).stdout).device;
    expect((await second.run(['devices', 'revoke', id], { stdin: 'no words' })).code).toBe(2);
    const others = JSON.parse((await wordsOfBob()).stdout).words;
    const foreign = await second.run(['devices', 'revoke', id], { stdin: others });
    expect([foreign.code, foreign.stderr]).toEqual([3, expect.stringContaining('another recovery key')]);
    expect((await second.run(['devices', 'revoke', id], { stdin: words })).code).toBe(0);
    expect((await first.run(['devices'])).code).toBe(3);
  });

  /** Somebody else's words. */
  async function wordsOfBob() {
    const bob = atTerminal(gateway().url, 'bob');
    await bob.run(['identity', 'create']);
    return bob.run(['recovery', 'key', '--json']);
  }

  it('unlocks what was locked, and nothing else does', async () => {
    const { first, second, words } = await two();
    const asked = await first.run(['account', 'lock'], { tty: true, stdin: 'n\n' });
    expect(asked.code).toBe(3);
    expect((await first.run(['account', 'lock', '--yes'])).code).toBe(0);
    for (const terminal of [first, second]) expect((await terminal.run(['devices'])).code).toBe(3);
    const others = JSON.parse((await wordsOfBob()).stdout).words;
    await first.run(['account', 'unlock'], { stdin: others });
    expect((await first.run(['login'])).stderr).toContain('locked');
    expect((await first.run(['account', 'unlock'], { stdin: words })).code).toBe(0);
    expect((await first.run(['login'])).code).toBe(0);
    expect((await second.run(['devices'])).code).toBe(0);
  });

  it('is needed to lock: without it nobody could unlock', async () => {
    const bob = atTerminal(gateway().url, 'bob');
    await bob.run(['identity', 'create']);
    const { code, stderr } = await bob.run(['account', 'lock', '--yes']);
    expect([code, stderr]).toEqual([5, expect.stringContaining('Make a recovery key first')]);
    expect((await bob.run(['devices'])).code).toBe(0);
  });
});
