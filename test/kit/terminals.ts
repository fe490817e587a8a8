/** A terminal for each of two people of a common server: the command as a process of its own, profiles in a home of their own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import type { z } from 'zod';
import { answerOf, type CommandRun, runCommand } from './command.ts';
import { type CommonServer, commonServer } from './common-servers.ts';

/** Say it at the top of a file of tests; the home ends with it. */
export function useTerminals() {
  let server: CommonServer | undefined;
  let home: string | undefined;
  afterAll(async () => {
    if (home !== undefined) rmSync(home, { recursive: true, force: true });
  });
  const run = (profile: string, args: readonly string[], stdin = ''): Promise<CommandRun> =>
    runCommand(args, { profile, config: home ?? '', stdin, server: server?.url ?? '' });
  const vivim = (profile: string, ...args: string[]): Promise<CommandRun> => run(profile, args);
  return {
    run,
    vivim,
    /** What a command says with `--json`. */
    json: async <T extends z.ZodType>(profile: string, schema: T, ...args: string[]): Promise<z.output<T>> =>
      answerOf(schema, await vivim(profile, ...args, '--json')),
    /**
     * Alice and Bob, signed in, each with an import of these conversations where some are given.
     * @returns the home of both
     */
    async signIn(conversations?: readonly object[]): Promise<string> {
      server = await commonServer();
      home = mkdtempSync(join(tmpdir(), 'vivim-home-'));
      const file = join(home, 'conversations.json');
      if (conversations !== undefined) writeFileSync(file, JSON.stringify(conversations));
      for (const profile of ['alice', 'bob']) {
        expect((await vivim(profile, 'login')).code).toBe(0);
        if (conversations !== undefined) expect((await vivim(profile, 'import', file)).code).toBe(0);
      }
      return home;
    },
  };
}
