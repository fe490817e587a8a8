/** Text lines out of a byte stream. A line over the limit is dropped, so a broken process cannot fill our memory. */
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

const longestLine = 64 * 1024;

export function readLines(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const parts = (rest + decoder.write(chunk)).split('\n');
    rest = parts.pop() ?? '';
    if (rest.length > longestLine) rest = '';
    for (const line of parts) if (line !== '') onLine(line);
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
  // The end of the process is told by its exit; a broken pipe adds nothing.
  stream.on('error', () => {});
}
