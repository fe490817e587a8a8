/** Whom a trace helps is told it: the operator of a server that is at fault, programs, and whoever asks. */
import { PassThrough } from 'node:stream';
import { AppError } from '@vivim/contract/errors';
import { describe, expect, it } from 'vitest';
import type { GlobalOptions } from '../world.ts';
import { sayError, show } from './speak.ts';

function newWorld(verbose = false) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const environment = {
    profile: 'default',
    server: undefined,
    token: undefined,
    configDirectory: '/nowhere',
    stateDirectory: '/nowhere',
    home: '/nowhere',
    programHomes: {},
  };
  return { environment, clock: () => 0, stdin, stdout, stderr, verbose };
}

function said(error: unknown, { json = false, verbose = false } = {}): string {
  const world = newWorld(verbose);
  sayError(world, json, error);
  return String(world.stderr.read());
}

describe('a result', () => {
  const shown = (nextCursor: string | null, json: boolean) => {
    const world = newWorld();
    show(world, { json } as GlobalOptions, { items: ['a'], nextCursor }, ({ items }) => items.join());
    return [String(world.stdout.read()), world.stderr.read() === null ? 'nothing beside it' : 'more'];
  };

  it('that is one page of more says so, beside it and to a person alone', () => {
    expect(shown('x', false)).toEqual(['a\n', 'more']);
    expect(shown(null, false)).toEqual(['a\n', 'nothing beside it']);
    expect(shown('x', true)).toEqual(['{"items":["a"],"nextCursor":"x"}\n', 'nothing beside it']);
  });
});

describe('an error', () => {
  const mistake = new AppError('request_invalid', 'No such thing.', { traceId: 't1' });
  const fault = new AppError('internal', undefined, { traceId: 't2' });

  it('a person can mend has no trace unless it is asked for', () => {
    expect(said(mistake)).toBe('vivim: No such thing.\n');
    expect(said(mistake, { verbose: true })).toBe('vivim: No such thing. Trace t1.\n');
    expect(JSON.parse(said(mistake, { json: true }))).toMatchObject({ code: 'request_invalid', traceId: 't1' });
  });

  it.each(['internal', 'engine_unavailable', 'engine_timeout'] as const)('of the server, %s, has one', (code) => {
    expect(said(new AppError(code, 'x', { traceId: 't2' }))).toContain('Trace t2.');
    expect(said(fault)).toContain('Trace t2.');
  });
});
