/** The C compiler of this machine, for the launcher of the Landlock wall. Plain JavaScript for Node 20. Never needed: see build-launcher.mjs. */
import { spawnSync } from 'node:child_process';

const runs = (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0;

/** What it is called, or null where there is none. */
export const compiler = () => ['cc', 'gcc', 'clang'].find(runs) ?? null;
