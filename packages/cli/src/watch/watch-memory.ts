/**
 * What a watcher remembers of files between its runs: how they were when they were last sent, so that a file nobody touched is not
 * even opened. `$XDG_STATE_HOME/vivim/watch/<profile>.json`, readable by its owner alone; losing it costs a second look.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { uuidv7 } from '@vivim/contract/random';
import { z } from 'zod';
import { jsonOrNull } from '../profile/json-or-null.ts';

/** How a file was. Another one in its place has another number of the system's (inode). */
const Seen = z.strictObject({ size: z.number(), mtimeMs: z.number(), inode: z.number().default(0) });
type Seen = z.infer<typeof Seen>;

const Memory = z.strictObject({
  /** Made once: with the path it makes the key a file is known by. */
  machine: z.uuid(),
  server: z.string(),
  files: z.record(z.string(), Seen),
});
type Memory = z.infer<typeof Memory>;

export class WatchMemory {
  readonly #file: string;
  readonly #memory: Memory;

  private constructor(file: string, memory: Memory) {
    this.#file = file;
    this.#memory = memory;
  }

  /** @param server what was sent to another one says nothing of this one */
  static async open(stateDirectory: string, profile: string, server: string, nowMs: number): Promise<WatchMemory> {
    const file = path.join(stateDirectory, 'watch', `${profile}.json`);
    const read = Memory.safeParse(await readFile(file, 'utf8').then(jsonOrNull, () => null));
    const machine = read.success ? read.data.machine : uuidv7(nowMs);
    const files = read.success && read.data.server === server ? read.data.files : {};
    return new WatchMemory(file, { machine, server, files });
  }

  get machine(): string {
    return this.#memory.machine;
  }

  isUnchanged(file: string, { size, mtimeMs, inode }: Seen): boolean {
    const known = this.#memory.files[file];
    return known?.size === size && known.mtimeMs === mtimeMs && known.inode === inode;
  }

  /** It was sent as it was then. On disk when this resolves. */
  async remember(file: string, { size, mtimeMs, inode }: Seen): Promise<void> {
    this.#memory.files[file] = { size, mtimeMs, inode };
    await mkdir(path.dirname(this.#file), { recursive: true, mode: 0o700 });
    const fresh = `${this.#file}.new`;
    await writeFile(fresh, JSON.stringify(this.#memory), { mode: 0o600 });
    await rename(fresh, this.#file);
  }
}
