/** The operator at a terminal of the server's host, and what they can look at besides: files, and the master behind the server. */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { AdminUserDetail } from '@vivim/contract/admin';
import { systemClock } from '@vivim/contract/clock';
import type { StorageId } from '@vivim/contract/ids';
import { type Master, openMaster } from '@vivim/gateway/master/db';
import { runCli } from 'vivim/run-cli';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command as `vivim` would; `stdin` is what is typed, and without it there is no terminal. */
export async function atTerminal(dataDir: string, args: readonly string[], stdin = ''): Promise<Ran> {
  const world = {
    environment: {
      profile: 'operator',
      server: undefined,
      token: undefined,
      configDirectory: join(dataDir, 'nobody'),
      stateDirectory: join(dataDir, 'nobody'),
      home: join(dataDir, 'nobody'),
      programHomes: {},
    },
    stdin: Object.assign(new PassThrough(), { isTTY: stdin !== '' }),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    clock: systemClock,
  };
  world.stdin.end(stdin);
  const code = await runCli([...args, '--data-dir', dataDir], world);
  return { code, stdout: String(world.stdout.read() ?? ''), stderr: String(world.stderr.read() ?? '') };
}

/** Which space is somebody's, as the operator is told. */
export async function storageIdOf(dataDir: string, { userId }: { readonly userId: string }): Promise<StorageId> {
  const { stdout } = await atTerminal(dataDir, ['admin', 'show', userId, '--json']);
  return AdminUserDetail.parse(JSON.parse(stdout)).storageId;
}

/** The embedded master of a server that runs. */
export const masterBehind = (dataDir: string): Promise<Master> =>
  openMaster({
    kind: 'embedded',
    socketDir: join(dataDir, 'master/socket'),
    port: 5432,
    user: userInfo().username,
    database: 'postgres',
  });

/** SHA-256 over the names, kinds and bytes of everything whose path names a space. */
export function hashOfSpace(dataDir: string, storageId: string): string {
  const hash = createHash('sha256');
  for (const root of ['users', 'keys', 'backups'].filter((name) => existsSync(join(dataDir, name)))) {
    const names = readdirSync(join(dataDir, root), { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((each) => each.includes(storageId)).sort()) {
      const path = join(dataDir, root, name);
      hash.update(`${root}/${name}\n`).update(lstatSync(path).isFile() ? readFileSync(path) : 'a directory\n');
    }
  }
  return hash.digest('hex');
}
