/** What a watcher does when files and servers misbehave: real folders, and a server that answers as it is told to. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '@vivim/contract/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliError } from '../cli-error.ts';
import { findFiles } from './find-files.ts';
import { placeOf } from './places.ts';
import { codeOf, reachOf } from './trouble.ts';
import { WatchMemory } from './watch-memory.ts';
import { type Looked, Watcher, type WatcherDeps } from './watcher.ts';

let folder: string;
let sent: string[];
let warned: string[];
let missing: string[];
let looks: Looked[];
let answer: () => Promise<string | null>;
let stop: AbortController;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vivim-watcher-'));
  [sent, warned, missing, looks] = [[], [], [], []];
  answer = async () => null;
  stop = new AbortController();
});
afterEach(() => {
  stop.abort();
  rmSync(folder, { recursive: true });
});

const at = (name: string) => path.join(folder, name);
function write(name: string, text = '{}\n'): void {
  mkdirSync(path.dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
}

const watcher = async (): Promise<Watcher> => new Watcher(await deps());
async function deps(): Promise<WatcherDeps> {
  return {
    places: [placeOf('claude-code', at('logs'))],
    memory: await WatchMemory.open(at('state'), 'alice', 'http://localhost', 0),
    // A file rests after it was sent; here every look is much later.
    clock: () => 1e12 + looks.length * 1e6,
    send: (file) => {
      sent.push(path.basename(file.path));
      return answer();
    },
    say: () => {},
    warn: (thing) => void warned.push(path.basename(thing.path)),
    missing: ({ folder }) => void missing.push(folder),
    looked: async (looked) => void looks.push(looked),
  };
}
const look = async (one: Watcher) => one.once(stop.signal);
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(20);
}

describe('a watcher', () => {
  it('sends another file that was put in the place of one, though size and time are the same', async () => {
    write('logs/one.jsonl', 'first\n');
    utimesSync(at('logs/one.jsonl'), 1e9, 1e9);
    const one = await watcher();
    await look(one);
    await look(one);
    expect(sent).toEqual(['one.jsonl']);
    write('other', 'other\n');
    utimesSync(at('other'), 1e9, 1e9);
    renameSync(at('other'), at('logs/one.jsonl'));
    expect(statSync(at('logs/one.jsonl')).size).toBe(6);
    await look(one);
    expect(sent).toEqual(['one.jsonl', 'one.jsonl']);
  });

  it('says at once, and once, that a folder a person named is not there, and brings in what appears in it', async () => {
    write('logs/one.jsonl');
    const one = new Watcher({
      ...(await deps()),
      places: [
        placeOf('claude-code', at('logs')),
        placeOf('codex', at('usual')),
        placeOf('claude-code', at('later'), { named: true }),
      ],
    });
    await look(one);
    await look(one);
    expect(missing).toEqual([at('later')]);
    expect(sent).toEqual(['one.jsonl']);
    write('later/two.jsonl');
    await look(one);
    expect(sent).toEqual(['one.jsonl', 'two.jsonl']);
    rmSync(at('later'), { recursive: true });
    await look(one);
    expect(missing).toEqual([at('later'), at('later')]);
  });

  it('goes around no ring of links, and into no folder a link leads to', async () => {
    write('logs/a/one.jsonl');
    write('outside/two.jsonl');
    symlinkSync(at('logs'), at('logs/a/again'));
    symlinkSync(at('outside'), at('logs/out'));
    symlinkSync(at('outside/two.jsonl'), at('logs/two.jsonl'));
    await look(await watcher());
    expect(sent).toEqual(['one.jsonl']);
  });

  it('tells once of a file that may not be read, tries it at each look, and brings the others in', async () => {
    write('logs/closed.jsonl');
    write('logs/open.jsonl');
    answer = async () => {
      if (sent.at(-1) === 'closed.jsonl') throw Object.assign(new Error('denied'), { code: 'EACCES' });
      return null;
    };
    const one = await watcher();
    await look(one);
    await look(one);
    expect(warned).toEqual(['closed.jsonl']);
    expect(sent.filter((name) => name === 'open.jsonl')).toHaveLength(1);
    expect(sent.filter((name) => name === 'closed.jsonl')).toHaveLength(2);
    expect(looks.map(({ failed }) => failed)).toEqual([1, 1]);
  });

  it('tells of a folder it may not look into; one that is not there is nothing to tell of', async () => {
    write('logs', 'a file where a folder is expected');
    const closed: unknown[] = [];
    await findFiles(placeOf('codex', at('logs')), (_, error) => closed.push(codeOf(error)));
    await findFiles(placeOf('codex', at('nowhere')), (_, error) => closed.push(codeOf(error)));
    expect(closed).toEqual(['ENOTDIR']);
  });

  it.each([
    ['is full', new AppError('quota_exceeded')],
    ['is away', new CliError('unreachable', 'away')],
    ['is locked', new AppError('space_sealed')],
  ])('ends the look where the space or server %s, and brings all in when it is over', async (_, error) => {
    write('logs/one.jsonl');
    write('logs/two.jsonl');
    answer = () => Promise.reject(error);
    const one = await watcher();
    expect(await look(one)).toMatchObject({ trouble: error, failed: 0 });
    expect(sent).toHaveLength(1);
    expect(warned).toEqual([]);
    answer = async () => null;
    expect(await look(one)).toMatchObject({ trouble: null });
    expect(sent.slice(1).sort()).toEqual(['one.jsonl', 'two.jsonl']);
  });

  it('does not hammer a server that takes nothing, however much is written meanwhile', async () => {
    write('logs/one.jsonl');
    answer = () => Promise.reject(new AppError('quota_exceeded'));
    const running = (await watcher()).run(stop.signal);
    await until(() => looks.length === 1);
    for (let n = 0; n < 5; n += 1) {
      write('logs/one.jsonl', `${'x'.repeat(n + 10)}\n`);
      await wait(200);
    }
    expect(sent).toHaveLength(1);
    answer = async () => null;
    await until(() => looks.at(-1)?.trouble === null);
    stop.abort();
    await running;
  });

  it('ends where it is let in no more', async () => {
    write('logs/one.jsonl');
    answer = () => Promise.reject(new AppError('session_revoked'));
    await expect((await watcher()).run(stop.signal)).rejects.toMatchObject({ code: 'session_revoked' });
  });

  it('hears of a folder that comes to be, that went away and came back, and was put in the place of another', async () => {
    const running = (await watcher()).run(stop.signal);
    await until(() => looks.length === 1);
    write('logs/deep/first.jsonl');
    await until(() => sent.includes('first.jsonl'));
    rmSync(at('logs'), { recursive: true });
    await wait(50);
    write('logs/back.jsonl');
    await until(() => sent.includes('back.jsonl'));
    write('fresh/other.jsonl');
    renameSync(at('logs'), at('old'));
    renameSync(at('fresh'), at('logs'));
    await until(() => sent.includes('other.jsonl'));
    await until(() => looks.at(-1)?.waiting === 0);
    write('logs/more.jsonl');
    await until(() => sent.includes('more.jsonl'));
    stop.abort();
    await running;
  });
});

describe('what an error reaches', () => {
  it.each([
    [new AppError('import_json_invalid'), 'file', 'import_json_invalid'],
    [new AppError('import_too_large'), 'file', 'import_too_large'],
    [new CliError('input', 'secret.json: It is not whole.'), 'file', 'input'],
    [new AppError('quota_exceeded'), 'passing', 'quota_exceeded'],
    [new AppError('engine_unavailable'), 'passing', 'engine_unavailable'],
    [new TypeError('terminated'), 'passing', 'unexpected'],
    [new AppError('token_invalid'), 'final', 'token_invalid'],
    [new AppError('account_locked'), 'final', 'account_locked'],
    [new CliError('token_not_enough', 'no'), 'final', 'token_not_enough'],
  ])('%s: %s', (error, reach, code) => {
    expect([reachOf(error), codeOf(error)]).toEqual([reach, code]);
  });
});
