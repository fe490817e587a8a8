/** Words of watched folders. Text alone, as in strings.ts. */
import type { Watcher } from '@vivim/contract/watchers';
import { form, number } from '../count.ts';

const files = (n: number): string => `${number(n)} ${form(n, 'file', 'files')}`;

export const watching = {
  title: 'Watched folders',
  lead: 'Coding agents and local AI programs keep what was said in files of yours. A watcher on that machine brings in what is new as it is written.',
  none: 'No folder is watched yet.',
  state: {
    watching: (at: string) => `Watching; last heard ${at}`,
    silent: (at: string) => `Silent since ${at}: the machine is off, or its watcher does not run`,
    stopped: (at: string) => `Stopped ${at}`,
  } satisfies Record<Watcher['state'], (at: string) => string>,
  program: 'Program',
  folder: 'Folder',
  files: 'Files',
  last: 'Last came in',
  never: 'nothing since it was started',
  missing: 'not there',
  failed: (n: number, why: string | null) =>
    `${files(n)} could not be brought in; vivim watch on that machine names them.${why === null ? '' : ` The last one: ${why}`}`,
  count: files,
  nothing: 'It found no file of a program it knows.',
  forget: 'Forget',
  forgetLabel: (device: string) => `Forget the watcher on ${device}`,
  howTitle: 'How to watch a folder',
  how: [
    [
      'What would be watched',
      'vivim watch --list',
      'names the folders of Claude Code, Codex, Gemini CLI, LM Studio, Cursor and llm on this machine.',
    ],
    ['Now, once', 'vivim watch --once', 'brings in what is new, and ends.'],
    ['From now on', 'vivim watch --install', 'writes a service and says how to start it.'],
    ['Claude Code, Codex', 'vivim watch --only claude-code codex', 'watches these alone, line by line as they write.'],
    [
      'Gemini CLI, LM Studio',
      'vivim watch --only gemini-cli lmstudio',
      'sends a session when it has been quiet for two seconds.',
    ],
    ['Cursor, llm', 'vivim watch --only cursor llm', 'sends a copy of the database, open or not.'],
    ['Aider', 'vivim watch --folder aider=~/src', 'keeps its history in each project: say where those lie.'],
  ],
} as const;
