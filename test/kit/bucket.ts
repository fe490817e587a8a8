/** A bucket for tests: a server that speaks S3 in a process of its own, on files below a throw-away directory. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from './reverse-proxy.ts';

export interface Bucket {
  readonly endpoint: string;
  /** `s3://…` */
  readonly place: string;
  /** The files the server keeps. */
  readonly directory: string;
  /** Settings of a server that uses it. */
  readonly env: Readonly<Record<string, string>>;
  /** Doing it again is harmless. */
  stop(): Promise<void>;
}

const program = join(dirname(createRequire(import.meta.url).resolve('s3rver/package.json')), 'bin', 's3rver.js');
const credentials = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' };

/** Also lets clients of this process in: the SDK looks into the environment. */
export async function startBucket(): Promise<Bucket> {
  const directory = mkdtempSync(join(tmpdir(), 'vivim-bucket-'));
  const port = await freePort();
  const args = ['-d', directory, '-a', '127.0.0.1', '-p', String(port), '--configure-bucket', 'kept', '-s'];
  const child = spawn(process.execPath, [program, ...args], { stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    if (
      await fetch(endpoint).then(
        () => true,
        () => false,
      )
    )
      break;
    if (tries > 400 || child.exitCode !== null) throw new Error('the bucket did not come up');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  Object.assign(process.env, credentials);
  const place = 's3://kept/vivim';
  return {
    endpoint,
    place,
    directory,
    env: { ...credentials, VIVIM_BACKUP_TO: place, VIVIM_BACKUP_S3_ENDPOINT: endpoint },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      }
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
