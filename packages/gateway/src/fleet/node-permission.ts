/**
 * The weaker wall: Node's permission model. It stops honest mistakes of our own JavaScript, and is *not* isolation: it
 * follows planted symlinks, native SQLite ignores it, and it leaves the network open. The health page says so by name.
 */
import { engineEnvironment, type Jail } from './enclosure.ts';
import { programArguments } from './engine-program.ts';

export const permissionJail: Jail = {
  level: 'node-permission',
  enclose(program, { spaces, sockets, models }) {
    const readable = [...program.readable, spaces, sockets, ...(models === null ? [] : [models])];
    return {
      file: program.node,
      args: programArguments(program, [
        '--permission',
        '--allow-addons',
        '--allow-worker',
        ...readable.map((path) => `--allow-fs-read=${path}`),
        ...[spaces, sockets].map((path) => `--allow-fs-write=${path}`),
      ]),
      env: engineEnvironment(program),
      inside: (path) => path,
    };
  },
};
