import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const configDirectory = mkdtempSync(path.join(tmpdir(), 'vivim-cli-'));
afterAll(() => rmSync(configDirectory, { recursive: true }));

async function vivim(...args: string[]) {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  const environment = {
    profile: 'default',
    server: 'http://127.0.0.1:9',
    token: undefined,
    configDirectory,
    stateDirectory: configDirectory,
    home: configDirectory,
    programHomes: {},
  };
  const code = await runCli(args, { environment, clock: () => 0, ...streams });
  const said = (stream: PassThrough) => String(stream.read() ?? '');
  return { code, stdout: said(streams.stdout), stderr: said(streams.stderr) };
}

describe('vivim', () => {
  it('teaches with --help, and that is no error', async () => {
    const { code, stdout, stderr } = await vivim('--help');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Start here:');
    expect(stdout).toContain('Exit codes:');
  });

  it('says of what is no id of a conversation that it is none, and where ids are listed', async () => {
    const { code, stderr } = await vivim('imports', 'resolve', '--keep', 'newest', 'c_nonsense');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/c_nonsense is not the id .*vivim imports conflicts/)]);
  });

  it.each([
    'serve',
    'identity',
    'login',
    'logout',
    'devices',
    'devices join',
    'devices approve',
    'devices refuse',
    'devices rename',
    'devices revoke',
    'devices requests',
    'sessions',
    'sessions end',
    'tokens create',
    'keys',
    'keys log',
    'keys undo',
    'recovery',
    'recovery key',
    'recovery status',
    'recovery guardians set',
    'recovery guardians clear',
    'recovery start',
    'recovery finish',
    'recovery veto',
    'recovery vouch',
    'recovery requests',
    'account',
    'account log',
    'account lock',
    'account unlock',
    'account delete',
    'account keep',
    'space export',
    'space import',
    'identity did',
    'import',
    'imports',
    'search',
    'context',
    'topics',
    'memories list',
    'memories add',
    'memories edit',
    'memories pin',
    'memories archive',
    'memories forget',
    'projects',
    'entities',
    'conversations',
    'status',
  ])('explains %s, global options included', async (command) => {
    const { code, stdout } = await vivim(...command.split(' '), '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('--profile <name>');
  });

  it.each([
    [['nonsense']],
    [['search']],
    [['search', 'x', '--limit', '0']],
    [['search', 'x', '--role', 'wizard']],
    [['context', 'x', '--budget', '12']],
    [['import']],
    [['status', '--profile', '../x']],
    [['status', '--server', 'ftp://x']],
    [['tokens', 'create', '--scope', 'memory:read']],
    [['tokens', 'create', '--scope', 'account:manage', '--days', '1']],
    [['tokens', 'create', '--scope', 'memory:read', '--days', '91']],
    [['sessions', 'end']],
    [['sessions', 'end', 'x', '--all']],
    [['recovery', 'start']],
    [['keys', 'undo', '1']],
    [['keys', 'undo', 'first']],
    [['devices', 'join', '--account', 'alice']],
  ])('%j ends with 2, the reason on standard error', async (args) => {
    const { code, stdout, stderr } = await vivim(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).not.toBe('');
  });

  it('gives a program its errors as JSON', async () => {
    const { stderr } = await vivim('search', '--json');
    expect(JSON.parse(stderr)).toEqual({ code: 'usage', detail: "missing required argument 'query'" });
  });

  it.each([['topics'], ['search'], ['context'], ['import'], ['logout']])(
    '%s without a profile ends with 3 and says how to make one',
    async (command) => {
      const { code, stderr } = await vivim(command, ...(command === 'topics' || command === 'logout' ? [] : ['x']));
      expect(code).toBe(3);
      expect(stderr).toContain('vivim identity create');
    },
  );

  it.each([
    [['devices']],
    [['sessions']],
    [['keys']],
    [['account', 'log']],
    [['recovery', 'status']],
    [['recovery', 'finish']],
    [['identity', 'did']],
  ])('%j without a profile ends with 3', async (args) => {
    const { code, stdout } = await vivim(...args);
    expect([code, stdout]).toEqual([3, '']);
  });

  it('reads a key log from a file without a server, and says what is wrong with it', async () => {
    const file = path.join(configDirectory, 'keys.json');
    writeFileSync(file, JSON.stringify({ entries: [], head: { seq: 3, hash: null } }));
    const { code, stdout } = await vivim('keys', 'log', '--verify', '--from', file);
    expect([code, stdout]).toEqual([1, expect.stringContaining('the head is not the last entry')]);
    writeFileSync(file, '{}');
    expect((await vivim('keys', 'log', '--from', file)).stderr).toContain('it holds no key log');
    expect((await vivim('keys', 'log', '--from', `${file}x`)).code).toBe(6);
  });

  it('keeps no key when the server could not be told of it', async () => {
    expect((await vivim('identity', 'create')).code).toBe(7);
    expect((await vivim('identity', 'show')).code).toBe(3);
  });
});
