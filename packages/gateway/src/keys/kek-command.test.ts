/** Real programs that print a key: the forms that are taken, and what the operator is told of those that are not. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { kekOf } from './kek.ts';
import { runKekCommand } from './kek-command.ts';

const key = Buffer.from('00ff80fe7f1020304050607080a0b0c0d0e0f0a1b2c3d4e5f60718293a4b5c6d', 'hex');
const environment = { PATH: '/usr/bin:/bin', HOME: '/' };
const directory = mkdtempSync(join(tmpdir(), 'vivim-command-'));
beforeAll(() => () => rmSync(directory, { recursive: true, force: true }));

function program(script: string): string {
  const path = join(directory, `${crypto.randomUUID()}.sh`);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o700);
  onTestFinished(() => rmSync(path));
  return path;
}
const printing = (bytes: Uint8Array) => program(`printf '%s' '${Buffer.from(bytes).toString('base64')}' | base64 -d`);
const refusal = (script: string, withinMs?: number) =>
  runKekCommand([program(script)], environment, withinMs).then(
    () => 'none',
    (error: Error) => error.message,
  );

it.each([
  ['32 bytes as they are', key],
  ['hex with a line feed', Buffer.from(`${key.toString('hex')}\n`)],
  ['HEX', Buffer.from(key.toString('hex').toUpperCase())],
  ['base64', Buffer.from(`${key.toString('base64')}\n`)],
  ['base64url', Buffer.from(key.toString('base64url'))],
])('takes %s', async (_, bytes) => {
  expect((await runKekCommand([printing(bytes)], environment)).id).toBe(kekOf(key).id);
});

it('passes arguments as they are, and of the environment PATH and HOME alone', async () => {
  const path = program(`test "$1" = 'a b;$HOME' || exit 3
test "$(env | grep -cv -e ^PATH= -e ^HOME= -e ^PWD= -e ^SHLVL= -e ^_= -e ^OLDPWD=)" = 0 || exit 4
printf ${key.toString('hex')}`);
  expect((await runKekCommand([path, 'a b;$HOME'], environment)).id).toBe(kekOf(key).id);
});

it.each([
  ['fails', 'printf SECRETWORDS; echo SECRETWORDS >&2; exit 9', /exit code 9.*Run it by hand/],
  ['prints something else', 'printf SECRETWORDS', /11 bytes that are neither/],
  ['prints a password instead of a key', 'printf SECRETWORDSSECRETWORDSSECRETWORD', /32 characters of text/],
  ['prints too much', 'while :; do printf SECRETWORDS; done', /more than a key/],
  ['prints a key cut short', 'head -c 31 /dev/zero', /31 bytes/],
])('a program that %s is told without a word of what it printed', async (_, script, words) => {
  const said = await refusal(script);
  expect(said).toMatch(words);
  expect(said).not.toContain('SECRET');
});

it('a program that never ends is stopped', async () => {
  expect(await refusal('sleep 600', 300)).toMatch(/did not end within 0.3 s and was stopped/);
});

it('a program that is not there, or may not be run, is told so', async () => {
  await expect(runKekCommand(['/nowhere/pass'], environment)).rejects.toThrow(/\/nowhere\/pass is not there/);
  const path = program('exit 0');
  chmodSync(path, 0o600);
  await expect(runKekCommand([path], environment)).rejects.toThrow(/may not be run/);
});
