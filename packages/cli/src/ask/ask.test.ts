import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.ts';
import { askLine, askSecret, confirm } from './ask.ts';

function world(tty: boolean): World & { stdin: PassThrough; stderr: PassThrough; stdout: PassThrough } {
  const stdin = Object.assign(new PassThrough(), { isTTY: tty });
  return {
    environment: {
      profile: 'default',
      server: undefined,
      token: undefined,
      configDirectory: '/nonexistent',
      stateDirectory: '/nonexistent',
      home: '/nonexistent',
      programHomes: {},
    },
    stdin,
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    clock: () => 0,
  };
}
const said = (stream: PassThrough) => String(stream.read() ?? '');

describe('a question', () => {
  it('is asked on standard error and answered by a line', async () => {
    const here = world(true);
    const answer = askLine(here, 'Who? ', 'say it');
    here.stdin.write('  alice \n');
    expect(await answer).toBe('alice');
    expect(said(here.stderr)).toContain('Who? ');
    expect(said(here.stdout)).toBe('');
  });

  it.each([
    ['y', true],
    ['YES', true],
    ['n', false],
    ['', false],
    ['yesterday', false],
  ])('answered %j is %s', async (typed, meant) => {
    const here = world(true);
    const answer = confirm(here, 'Sure?', 'say it');
    here.stdin.write(`${typed}\n`);
    expect(await answer).toBe(meant);
  });

  it('is not asked where nobody sits', async () => {
    await expect(confirm(world(false), 'Sure?', 'Say it with --yes.')).rejects.toThrow(
      expect.objectContaining({ failure: 'usage', message: 'Say it with --yes.' }),
    );
  });

  it('is over when the person leaves', async () => {
    const here = world(true);
    const answer = askLine(here, 'Who? ', 'say it');
    here.stdin.end();
    await expect(answer).rejects.toThrow(expect.objectContaining({ failure: 'interrupted' }));
  });
});

describe('a secret', () => {
  it('is not shown while it is typed', async () => {
    const here = world(true);
    const answer = askSecret(here, 'Words: ');
    here.stdin.write('tower plunge\n');
    expect(await answer).toBe('tower plunge');
    expect(said(here.stderr)).toBe('Words: \n');
    expect(said(here.stdout)).toBe('');
  });

  it('comes from a program whole, without a question', async () => {
    const here = world(false);
    here.stdin.end('tower\nplunge\n');
    expect(await askSecret(here, 'Words: ')).toBe('tower\nplunge\n');
    expect(said(here.stderr)).toBe('');
  });
});
