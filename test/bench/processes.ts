/** What the kernel says of the server's processes (Linux). */
import { readdirSync, readFileSync } from 'node:fs';

interface Seen {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function all(): Seen[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8');
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [{ pid: Number(name), parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]), command }];
      } catch {
        return [];
      }
    });
}

/** Every process below this one. */
export function descendants(pid: number): Seen[] {
  const processes = all();
  const below = (parent: number): Seen[] =>
    processes.filter((p) => p.parent === parent).flatMap((p) => [p, ...below(p.pid)]);
  return below(pid);
}

/** Engine processes of a server: the Node processes themselves, not the jail around them. */
export const engines = (serverPid: number): Seen[] =>
  descendants(serverPid).filter(
    (p) => /engine\.[cm]js|engine\/src\/main\.ts/.test(p.command) && !/bwrap/.test(p.command.split(' ')[0] ?? ''),
  );

/** What the first thread of a process did so far: Node's event loop. Milliseconds on a processor, and on the way to one. */
export function firstThread(pid: number): { computed: number; waited: number } {
  const [computed = 0, waited = 0] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ').map(Number);
  return { computed: computed / 1e6, waited: waited / 1e6 };
}

/** Proportional set size and peak resident size in MB. */
export function memory(pid: number): { pss: number; peak: number } {
  const pss = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  const peak = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { pss: Number(pss) / 1024, peak: Number(peak) / 1024 };
}
