/**
 * A terminal for each of two people of a common server, in this process: a process costs a third of a second before it begins, and
 * that the command is one is what `test/flows/cli.test.ts` shows. What they have lies in a home of their own.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import type { z } from 'zod';
import { answerOf } from './command.ts';
import { commonServer } from './common-servers.ts';
import { openTerminal, type Run, type Terminal } from './terminal.ts';

/** Say it at the top of a file of tests; the home ends with it. */
export function useTerminals() {
  const terminals = new Map<string, Terminal & { remove(): void }>();
  let home: string | undefined;
  afterAll(() => {
    for (const { remove } of terminals.values()) remove();
    if (home !== undefined) rmSync(home, { recursive: true, force: true });
  });
  const run = (profile: string, args: readonly string[], stdin = ''): Promise<Run> => {
    const terminal = terminals.get(profile);
    if (terminal === undefined) throw new Error(`${profile} has not signed in.`);
    return terminal.run(args, { stdin });
  };
  const vivim = (profile: string, ...args: string[]): Promise<Run> => run(profile, args);
  return {
    run,
    vivim,
    /** What a command says with `--json`. */
    json: async <T extends z.ZodType>(profile: string, schema: T, ...args: string[]): Promise<z.output<T>> =>
      answerOf(schema, await vivim(profile, ...args, '--json')),
    /**
     * Alice and Bob, signed in, each with an import of these conversations where some are given.
     * @returns a folder of theirs
     */
    async signIn(conversations?: readonly object[]): Promise<string> {
      const { url } = await commonServer('off');
      home = mkdtempSync(join(tmpdir(), 'vivim-home-'));
      const file = join(home, 'conversations.json');
      if (conversations !== undefined) writeFileSync(file, JSON.stringify(conversations));
      for (const profile of ['alice', 'bob']) {
        terminals.set(profile, openTerminal(url, profile));
        expect((await vivim(profile, 'login')).code).toBe(0);
        if (conversations !== undefined) expect((await vivim(profile, 'import', file)).code).toBe(0);
      }
      return home;
    },
  };
}
