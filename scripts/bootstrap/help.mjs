/**
 * `--help` of an npm script: the comment its program begins with, so that what is said of it stands in one place. Plain JavaScript for
 * Node 20 without node_modules.
 */
import { readFileSync } from 'node:fs';

/** @param args of the script; what stands behind `--` is not its own */
export const asksForHelp = (args) => {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).some((each) => each === '--help' || each === '-h');
};

/** @param path of a source @returns the words of its first comment, as they are broken into lines there */
export function headerOf(path) {
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim();
}
