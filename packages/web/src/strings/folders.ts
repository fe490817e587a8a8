/** Words of a folder that is given to be imported. Text alone, as in strings.ts. */
import { form, number } from '../count.ts';

const files = (n: number): string => `${number(n)} ${form(n, 'file', 'files')}`;

export const folders = {
  choose: 'Choose a folder',
  cannotChoose:
    'This browser cannot choose folders. Drop the folder here, choose a zip of it, or use vivim import FOLDER.',
  looking: (folder: string, n: number) => `Looking through ${folder}: ${files(n)} so far`,
  review: (folder: string) => `The folder ${folder}`,
  goes: (n: number, size: string) => `${files(n)} go up as one zip of ${size}. Nothing has been sent yet.`,
  nothing: 'There is no file in it to import.',
  unknown: 'Not known by name',
  why: (names: string | null) =>
    names === null ? 'What they are is found by what is in them; the report says it.' : `Named ${names}.`,
  sum: (n: number, size: string) => `${files(n)}, ${size}`,
  left: (n: string) => `Left out (${n})`,
  leftNone: 'Nothing is left out but what systems and version control keep for themselves, and empty files.',
  links: 'A browser does not say which files are links. In doubt, use vivim import, which follows none.',
  takenFor: 'Import it as',
  byShape: 'What each file is by its shape',
  send: 'Import this folder',
  sendLabel: (folder: string) => `Import this folder: ${folder}`,
  leave: 'Do not import it',
  leaveLabel: (folder: string) => `Do not import it: the folder ${folder}`,
  unreadable: (code: string) => `it cannot be read (${code})`,
  changed: (file: string) =>
    `${file} changed while the folder was sent, and the browser gives no more of it. Choose the folder again; for logs that are written all day there is vivim watch.`,
} as const;
