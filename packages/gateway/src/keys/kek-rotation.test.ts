/**
 * Rotating the KEK on real files: cut short at every single write, before it and after it, no key of a space is ever
 * unreadable or another one; and who comes and goes meanwhile.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StorageId } from '@vivim/contract/ids';
import type { KekSource, KekTarget } from '@vivim/contract/kek';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openTestKeks } from '../../../../test/kit/keks.ts';
import { removeDurably, writeDurably } from './durable-file.ts';
import type { KekEvent } from './kek-control.ts';
import { retiredPath } from './kek-file.ts';
import { createKekRotation, type KekRotation } from './kek-rotation.ts';
import type { Disk, Keks, KeksDeps } from './keks.ts';
import { openSpaceKeys, type SpaceKeys } from './space-keys.ts';

const newId = () => StorageId.parse(crypto.randomUUID());
const passphrase = 'correct horse battery staple';

interface Server {
  readonly keks: Keks;
  readonly keys: SpaceKeys;
  readonly rotation: KekRotation;
  readonly told: KekEvent[];
}

let directory: string;
let logged: string[];
beforeEach(() => {
  logged = [];
  directory = newDirectory();
});
function newDirectory(): string {
  const made = mkdtempSync(join(tmpdir(), 'vivim-rotation-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

async function start(more: Partial<KeksDeps> = {}, place = directory): Promise<Server> {
  const log = { error: (_: object, event: string) => void logged.push(event) };
  const keks = await openTestKeks(place, more);
  const keys = await openSpaceKeys(keks, log);
  const told: KekEvent[] = [];
  const rotation = createKekRotation({ keks, keys, tell: async (event) => void told.push(event), log });
  return { keks, keys, rotation, told };
}

type Known = Map<StorageId, string>;
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
async function fill({ keys }: Server, count = 3): Promise<Known> {
  const known: Known = new Map();
  for (let made = 0; made < count; made += 1) {
    const id = newId();
    known.set(id, hexOf(await keys.create(id)));
  }
  return known;
}
/** Every space opens with the very key it was made with. */
async function readable({ keys }: Pick<Server, 'keys'>, known: Known): Promise<void> {
  for (const [id, key] of known) expect(hexOf(await keys.unwrap(id))).toBe(key);
}
async function finished({ rotation, keks }: Server, known: Known): Promise<void> {
  await rotation.idle();
  const status = await rotation.status();
  expect(status).toMatchObject({ rotation: null, damaged: 0, wraps: [{ id: keks.current().id, wraps: known.size }] });
}

/** The machine stops at the `nth` change of the disk, before it or after it, and nothing reaches the disk any more. */
function powerCut(nth: number, after: boolean): Disk & { readonly happened: () => boolean } {
  let count = 0;
  const change = async (act: () => Promise<void>) => {
    count += 1;
    if (count > nth || (count === nth && !after)) throw new Error('power cut');
    await act();
    if (count === nth) throw new Error('power cut');
  };
  return {
    write: (path, bytes) => change(() => writeDurably(path, bytes)),
    remove: (path) => change(() => removeDurably(path)),
    happened: () => count >= nth,
  };
}

describe('cut short at every write', () => {
  const elsewhere = (place: string) => ({ kind: 'file', path: join(place, 'another') }) as const;
  const printed = { kind: 'command', command: ['/bin/echo', 'ab'.repeat(32)] } as const;
  it.each([
    // New key, book, three wraps, old key put aside, new one in its place, book, draft removed.
    ['in place', () => null, 9],
    ['to another file', elsewhere, 6],
    ['to a program', () => ({ ...printed, command: [...printed.command] }), 5],
  ] as const)('%s: every key opens after the next start, and the rotation ends', async (_, target, changes) => {
    let cuts = 0;
    for (const after of [false, true])
      for (let nth = 1; ; nth += 1) {
        const place = newDirectory();
        const known = await fill(await start({}, place));
        const cut = powerCut(nth, after);
        const to = target(place);
        const dying = await start({ disk: cut }, place);
        await dying.rotation.rotate(to).catch(() => {});
        await dying.rotation.idle();
        if (!cut.happened()) break;
        cuts += 1;

        // Exactly one of the two settings opens it, and the other is told which.
        const sources: (KekSource | null)[] = to === null ? [null] : [null, to];
        const tried = await Promise.allSettled(sources.map((source) => start({ source }, place)));
        const opened = tried.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
        expect(opened.length, `after change ${nth}`).toBe(1);
        const refused = tried.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));
        for (const words of refused) expect(words).toMatch(/Start with VIVIM_KEK_(FILE|COMMAND)=|begun|missing/);
        const [server] = opened as [Server];
        await readable(server, known);
        server.rotation.resume();
        const id = newId();
        known.set(id, hexOf(await server.keys.create(id)));
        await finished(server, known);
        await readable(server, known);
        // And it can be done again, from wherever it came to rest.
        await server.rotation.rotate({ kind: 'file', path: join(place, 'third') });
        await finished(server, known);
        await readable(await start({ source: { kind: 'file', path: join(place, 'third') } }, place), known);
      }
    expect(cuts).toBe(2 * changes);
  });
});

describe('while everybody works on', () => {
  it('every key opens before and after each single write', async () => {
    let known: Known = new Map();
    let watched: Server | null = null;
    let looked = 0;
    const look = async () => {
      if (watched === null) return;
      looked += 1;
      await readable(watched, known);
    };
    const disk: Disk = {
      async write(path, bytes) {
        await look();
        await writeDurably(path, bytes);
        await look();
      },
      async remove(path) {
        await look();
        await removeDurably(path);
      },
    };
    const server = await start({ disk });
    known = await fill(server, 9);
    watched = server;
    await server.rotation.rotate(null);
    await finished(server, known);
    expect(looked).toBeGreaterThan(20);
    expect(logged).toEqual([]);
  });

  it('a space whose key was being made with the old one is moved too', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const bob = newId();
    const disk: Disk = {
      write: async (path, bytes) => {
        if (path.endsWith(bob)) await held;
        await writeDurably(path, bytes);
      },
      remove: removeDurably,
    };
    const server = await start({ disk });
    const known = await fill(server, 2);
    const making = server.keys.create(bob);
    await server.rotation.rotate(null);
    release();
    known.set(bob, hexOf(await making));
    await finished(server, known);
    await readable(await start(), known);
  });

  it('a space that is erased meanwhile stays erased', async () => {
    const [alice, bob] = [newId(), newId()];
    let erased: Promise<void> | null = null;
    let server: Server | null = null;
    const disk: Disk = {
      write: async (path, bytes) => {
        // Its wrap has been read and is about to be written again.
        if (path.endsWith(alice) && server?.keks.book().previous) erased ??= server.keys.destroy(alice);
        await writeDurably(path, bytes);
      },
      remove: removeDurably,
    };
    server = await start({ disk });
    await server.keys.create(alice);
    const known: Known = new Map([[bob, hexOf(await server.keys.create(bob))]]);
    await server.rotation.rotate(null);
    await server.rotation.idle();
    expect(erased).not.toBeNull();
    await erased;
    expect(readdirSync(join(directory, 'wraps'))).toEqual([bob]);
    await readable(await start(), known);
  });

  it('two who begin at once begin one rotation', async () => {
    const server = await start();
    const known = await fill(server);
    const first = server.keks.current().id;
    const [one, other] = await Promise.all([server.rotation.rotate(null), server.rotation.rotate(null)]);
    expect(other.id).toBe(one.id);
    await finished(server, known);
    expect((await server.rotation.status()).retired.map(({ id }) => id)).toEqual([first]);
    expect(server.told).toMatchObject([{ event: 'kek.rotation_begun' }, { event: 'kek.rotated', moved: 3 }]);
  });

  it('one that is under way is not led elsewhere', async () => {
    await fill(await start());
    const server = await start({ disk: powerCut(3, false) });
    await server.rotation.rotate(null).catch(() => {});
    await server.rotation.idle();
    const to: KekTarget = { kind: 'file', path: join(directory, 'x') };
    await expect(server.rotation.rotate(to)).rejects.toMatchObject({
      code: 'request_invalid',
      message: /goes on first/,
    });
  });
});

describe('the old key', () => {
  it('is kept in force as long as one wrap cannot be moved, and goes when that was put back', async () => {
    const server = await start();
    const known = await fill(server, 3);
    const [alice = newId()] = known.keys();
    const path = join(directory, 'wraps', alice);
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, 40));
    await server.rotation.rotate(null);
    await server.rotation.idle();
    expect(await server.rotation.status()).toMatchObject({
      damaged: 1,
      rotation: { running: false, moved: 2, failed: 1 },
    });
    expect(logged).toEqual(['kek.wrap_not_moved']);
    expect(await server.rotation.verify()).toMatchObject({ failed: [alice] });
    writeFileSync(path, whole);
    await readable(server, known);
    await server.rotation.rotate(null);
    await finished(server, known);
    expect(await server.rotation.verify()).toMatchObject({ failed: [] });
  });

  it('lies beside the new one afterwards, and opens old wraps in the old place of things alone', async () => {
    const server = await start();
    const known = await fill(server, 2);
    const [alice = newId(), bob = newId()] = known.keys();
    const old = readFileSync(join(directory, 'wraps', alice));
    const { id, key } = server.keks.current();
    await server.rotation.rotate(null);
    await finished(server, known);
    expect(readFileSync(retiredPath(join(directory, 'kek'), id))).toEqual(Buffer.from(key));
    expect(readdirSync(directory).sort()).toEqual(['kek', 'kek-book.json', `kek.retired-${id}`, 'wraps']);
    expect(readFileSync(join(directory, 'kek-book.json'), 'utf8')).not.toContain('"tag"');
    // A wrap out of an old backup.
    writeFileSync(join(directory, 'wraps', alice), old);
    await expect(server.keys.unwrap(alice)).rejects.toMatchObject({ code: 'storage_integrity' });
    expect(logged).toEqual(['keys.other_kek']);
    expect((await server.rotation.status()).wraps).toContainEqual({ id, wraps: 1 });
    await readable(server, new Map([[bob, known.get(bob) ?? '']]));
    // And the key out of an old backup, in the place of the new one.
    writeFileSync(join(directory, 'kek'), key);
    await expect(start()).rejects.toThrow(new RegExp(`${id}, which was retired on 20`));
  });

  it('is not rotated to again, nor is the one in use', async () => {
    const server = await start();
    const known = await fill(server, 2);
    const there: KekSource = { kind: 'file', path: join(directory, 'there') };
    const back = { kind: 'file', path: join(directory, 'kek') } as const;
    await server.rotation.rotate(there);
    await finished(server, known);
    await expect(server.rotation.rotate(back)).rejects.toThrow(/retired/);
    writeFileSync(join(directory, 'copy'), server.keks.current().key, { mode: 0o600 });
    await expect(server.rotation.rotate({ kind: 'file', path: join(directory, 'copy') })).rejects.toThrow(/in use/);
    await readable(await start({ source: there }), known);
  });

  it('gives way to a passphrase and to another one, each of which opens what the next start finds', async () => {
    const server = await start();
    const known = await fill(server, 2);
    await expect(server.rotation.rotate({ kind: 'passphrase', passphrase: 'short' })).rejects.toThrow(/16 characters/);
    await server.rotation.rotate({ kind: 'passphrase', passphrase });
    await finished(server, known);
    await expect(server.rotation.rotate(null)).rejects.toThrow(/--to passphrase/);
    await server.rotation.rotate({ kind: 'passphrase', passphrase: `${passphrase} again` });
    await finished(server, known);
    const typed = (text: string): Partial<KeksDeps> => ({
      source: { kind: 'passphrase' },
      passphrase: { file: null, ask: async () => text },
    });
    await expect(start(typed(passphrase))).rejects.toThrow(/not the passphrase/);
    await readable(await start(typed(`${passphrase} again`)), known);
  });
});
