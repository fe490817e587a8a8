/**
 * One whole server for all sequences of a run: the gateway in this process, real engines, and a look at the files it keeps.
 * Guests may knock as often as they like from one network; how often one account may be tried stays limited.
 */
import { chmodSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@vivim/contract/errors';
import { startGateway } from '@vivim/gateway/app';
import { loadConfig } from '@vivim/gateway/config/config';
import type { MasterTarget } from '@vivim/gateway/master/db';
import { connectAdmin } from 'vivim/admin/admin-client';
import { type Application, newApplication } from '../../kit/applications.ts';
import type { Clocked } from '../../kit/sign-in.ts';

export interface Place extends Clocked {
  /** The application both people let in. */
  readonly application: Application;
  /** As the operator: stop the engine of a person, who comes back to a cold one. */
  evict(userId: string): Promise<void>;
  /** Every file and directory it keeps, master's own and the sockets left out, by its path from the data directory. */
  files(): string[];
  /** Files that hold one of these words in the clear. */
  holding(words: readonly string[]): string[];
  close(): Promise<void>;
}

/** An external one by its address, an embedded one by its socket. */
const urlOf = (target: MasterTarget): string => {
  if (target.kind === 'external') return target.url;
  const { socketDir: host, port, user, database } = target;
  return `postgres:///${database}?${new URLSearchParams({ host, port: String(port), user })}`;
};

export async function openPlace(mode: 'dedicated' | 'pooled', master: MasterTarget): Promise<Place> {
  const dataDir = mkdtempSync(join(tmpdir(), 'vivim-noninterference-'));
  chmodSync(dataDir, 0o711);
  const config = loadConfig(
    {},
    {
      VIVIM_DATA_DIR: dataDir,
      VIVIM_PORT: '0',
      VIVIM_MASTER_URL: urlOf(master),
      VIVIM_ENGINE: mode,
      // Vectors of texts that were embedded in one batch differ in their last bits; the models process has a test of its own.
      VIVIM_MODELS: 'off',
      VIVIM_LOG: 'silent',
      // By network, and both people come from one.
      VIVIM_CHALLENGES_PER_MINUTE: '0',
      VIVIM_REGISTRATIONS_PER_DAY: '0',
    },
  );
  const running = await startGateway(config).catch((error: unknown) => {
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  });
  const site = { url: running.url, now: Date.now };
  const admin = await connectAdmin(dataDir);
  const entries = () =>
    readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((name) => !/^(master|admin)\b/.test(name));
  return {
    ...site,
    application: await newApplication(site),
    async evict(id) {
      for (;;) {
        try {
          return void (await admin.call('evictUser', { id, body: { force: false } } as never));
        } catch (error) {
          // What it compiles ahead goes on after everything else has settled.
          if (!(error instanceof AppError && error.code === 'space_busy')) throw error;
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      }
    },
    files: entries,
    holding: (words) =>
      entries().filter((name) => {
        const path = join(dataDir, name);
        if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
        const bytes = readFileSync(path);
        return words.some((word) => bytes.includes(word));
      }),
    async close() {
      await running.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
