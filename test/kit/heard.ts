/** What a command says, on whichever stream, as it says it. */
import type { Readable } from 'node:stream';

/** What a pattern matches first. @throws Error with what was said, where the command has ended without */
type Seen = (pattern: RegExp, ended: Promise<unknown>) => Promise<RegExpExecArray>;

export function seenOn(...streams: readonly Readable[]): Seen {
  let said = '';
  const hearers = new Set<() => void>();
  for (const stream of streams) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      for (const hear of hearers) hear();
    });
  }
  return (pattern, ended) =>
    new Promise((resolve, reject) => {
      const hear = () => {
        const match = pattern.exec(said);
        if (match === null) return;
        hearers.delete(hear);
        resolve(match);
      };
      hearers.add(hear);
      hear();
      ended.then(() => reject(new Error(`never said ${pattern}:\n${said}`)), reject);
    });
}
