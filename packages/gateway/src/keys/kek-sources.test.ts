/** Where a server's KEK comes from: each source twice on the same wraps, and everything that must not open them. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StorageId } from '@vivim/contract/ids';
import type { KekSource } from '@vivim/contract/kek';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openTestKeks } from '../../../../test/kit/keks.ts';
import type { AskSecret } from './kek-passphrase.ts';
import type { KeksDeps } from './keks.ts';
import { openSpaceKeys } from './space-keys.ts';

const log = { error: () => {} };
const passphrase: KekSource = { kind: 'passphrase' };
const right = 'correct horse battery staple';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vivim-kek-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
});

/** The keys of Alice and Bob, made where they are not there, as hex. */
const [alice, bob] = [StorageId.parse(crypto.randomUUID()), StorageId.parse(crypto.randomUUID())];
async function keysOfBoth(more: Partial<KeksDeps> = {}): Promise<string[]> {
  const keys = await openSpaceKeys(await openTestKeks(directory, more), log);
  const both = [await keys.create(alice), await keys.create(bob)].map((key) => Buffer.from(key).toString('hex'));
  expect(both[0]).not.toBe(both[1]);
  return both;
}
const wrapsOfBoth = () => [alice, bob].map((id) => readFileSync(join(directory, 'wraps', id), 'utf8'));
const refusal = (more: Partial<KeksDeps>) =>
  openTestKeks(directory, more).then(
    () => 'none',
    (error: Error) => error.message,
  );
/** Somebody at a terminal who types these, one after the other. */
function typing(...lines: string[]): { ask: AskSecret; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    ask: async (question) => {
      asked.push(question);
      return lines[asked.length - 1] ?? '';
    },
  };
}
const typed = (...lines: string[]): Partial<KeksDeps> => ({
  source: passphrase,
  passphrase: { file: null, ask: typing(...lines).ask },
});
const printing = (hex: string): KekSource => ({ kind: 'command', command: ['/bin/echo', hex] });
const hex = (digit: string) => digit.repeat(64);

describe('a passphrase at the terminal', () => {
  it('is asked for twice at the first start, once later, and opens the same keys', async () => {
    const first = typing(right, right);
    const both = await keysOfBoth({ source: passphrase, passphrase: { file: null, ask: first.ask } });
    expect(first.asked).toEqual([expect.stringContaining('Choose'), expect.stringContaining('Once more')]);
    const second = typing(right);
    expect(await keysOfBoth({ source: passphrase, passphrase: { file: null, ask: second.ask } })).toEqual(both);
    expect(second.asked).toHaveLength(1);
    expect(readFileSync(join(directory, 'kek-book.json'), 'utf8')).not.toContain('horse');
  });

  it('that is wrong is told at once, and no wrap is touched', async () => {
    await keysOfBoth(typed(right, right));
    const before = wrapsOfBoth();
    expect(await refusal(typed('correct horse battery stable'))).toMatch(/not the passphrase.*Nothing was changed/);
    expect(wrapsOfBoth()).toEqual(before);
  });

  it('too short, or typed differently the second time, makes nothing', async () => {
    expect(await refusal(typed('short', 'short'))).toMatch(/16 characters/);
    expect(await refusal(typed(right, `${right}!`))).toMatch(/not the same/);
    await keysOfBoth(typed(right, right));
  });

  it('is the same however a keyboard composes an accent', async () => {
    const composed = 'Überraschung im Frühling';
    const both = await keysOfBoth(typed(composed.normalize('NFC'), composed.normalize('NFC')));
    expect(await keysOfBoth(typed(composed.normalize('NFD')))).toEqual(both);
  });

  it('without a terminal names the setting that stands in for one', async () => {
    expect(await refusal({ source: passphrase })).toMatch(/no terminal.*VIVIM_KEK_PASSPHRASE_FILE/);
  });
});

describe('a passphrase in a file', () => {
  const file = () => join(directory, 'passphrase');
  const from = (text: string, mode: number): Partial<KeksDeps> => {
    rmSync(file(), { force: true });
    writeFileSync(file(), text);
    chmodSync(file(), mode);
    return { source: passphrase, passphrase: { file: file(), ask: null } };
  };

  it('opens what was chosen at the terminal, with a line feed or without, its group reading it or not', async () => {
    const both = await keysOfBoth(typed(right, right));
    expect(await keysOfBoth(from(`${right}\n`, 0o400))).toEqual(both);
    expect(await keysOfBoth(from(right, 0o440))).toEqual(both);
  });

  it('is refused where others can read it, where it is missing, and where it is too short to begin with', async () => {
    expect(await refusal(from(right, 0o444))).toContain(`chmod 400 ${file()}`);
    expect(await refusal(from('short', 0o400))).toMatch(/16 characters/);
    rmSync(file());
    expect(await refusal({ source: passphrase, passphrase: { file: file(), ask: null } })).toMatch(/ENOENT/);
  });
});

describe('a command', () => {
  it('opens the same keys again, also after its key was put into a file', async () => {
    const both = await keysOfBoth({ source: printing(hex('a')) });
    expect(await keysOfBoth({ source: printing(hex('a')) })).toEqual(both);
    const path = join(directory, 'a-file');
    writeFileSync(path, Buffer.from(hex('a'), 'hex'), { mode: 0o600 });
    expect(await keysOfBoth({ source: { kind: 'file', path } })).toEqual(both);
  });

  it('that prints another key than the spaces were made under is refused', async () => {
    await keysOfBoth({ source: printing(hex('a')) });
    expect(await refusal({ source: printing(hex('b')) })).toMatch(
      /wrapped by the key-encryption key .* Start with VIVIM_KEK_COMMAND/,
    );
  });

  it('that prints another key each time is not begun with', async () => {
    const source: KekSource = { kind: 'command', command: ['/usr/bin/head', '-c', '32', '/dev/urandom'] };
    expect(await refusal({ source })).toMatch(/another key each time/);
  });
});

describe('a source that was never chosen for these spaces', () => {
  it('is refused with the setting that opens them, or the way to change', async () => {
    await keysOfBoth();
    const before = wrapsOfBoth();
    const path = join(directory, 'kek');
    expect(await refusal(typed(right, right))).toContain(`VIVIM_KEK_FILE=${path}`);
    expect(await refusal({ source: printing(hex('b')) })).toContain(`VIVIM_KEK_FILE=${path}`);
    expect(await refusal({ source: { kind: 'file', path: join(directory, 'nowhere') } })).toContain(path);
    rmSync(join(directory, 'kek-book.json'));
    expect(await refusal(typed(right, right))).toContain('vivim admin kek rotate --to passphrase');
    expect(wrapsOfBoth()).toEqual(before);
    await keysOfBoth();
  });

  it('may take the place of another as long as nothing is wrapped', async () => {
    await openTestKeks(directory);
    await keysOfBoth(typed(right, right));
  });

  it('is refused with words where the book was damaged', async () => {
    await keysOfBoth();
    writeFileSync(join(directory, 'kek-book.json'), '{"version":1');
    expect(await refusal({})).toMatch(/kek-book.json cannot be read.*backup/);
  });
});
