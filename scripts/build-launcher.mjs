/**
 * Compiles the launcher of the Landlock wall with this machine's C compiler into packages/gateway/dist. No binary is shipped: where
 * there is no compiler, or no Linux, the reason is left in its place, and the server says it. Plain JavaScript for Node 20.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { within } from './bootstrap/checkout.mjs';
import { compiler } from './bootstrap/compiler.mjs';

const output = within('packages', 'gateway', 'dist');
const launcher = path.join(output, 'engine-jail');
/** As strict as the program it guards deserves; whatever the compiler knows of these by default does no harm twice. */
const flags = ['-std=gnu11', '-O2', '-Wall', '-fstack-protector-strong', '-D_FORTIFY_SOURCE=2', '-fPIE', '-pie'];

function compile() {
  if (process.platform !== 'linux') return 'it exists on Linux only.';
  if (!['x64', 'arm64'].includes(process.arch)) return `its launcher is not written for ${process.arch}.`;
  const file = compiler();
  if (file === null) return 'there was no C compiler when the server was built.';
  const source = within('packages', 'gateway', 'native', 'engine-jail.c');
  const { status, stderr } = spawnSync(file, [...flags, '-o', launcher, source], { encoding: 'utf8' });
  if (status === 0) return null;
  console.error(stderr);
  return 'its launcher did not compile here; npm run build says why.';
}

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const reason = compile();
if (reason !== null) writeFileSync(`${launcher}.reason`, `${reason}\n`);
