/**
 * An answer on its way to its reader, with a copy of it for later. The reader sets the pace; whoever keeps the copy is told once,
 * when the answer is over, and can neither hold it up nor break it.
 */
import type { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import type { ExchangeEnd } from '@vivim/contract/live';

export interface Overheard {
  readonly stream: ReadableStream<Uint8Array>;
  /** The reader has gone: the copy ends here. */
  leave(): void;
}

/**
 * @param keepBytes how much of it is copied; null for nothing
 * @param over what was copied and how it ended; called once
 * @param cut ends the connection to the reader: an answer that broke off has to look like one
 */
export function overhear(
  body: Readable,
  keepBytes: number | null,
  over: (copy: Buffer, end: ExchangeEnd) => void,
  cut: (() => void) | undefined,
): Overheard {
  const copy: Uint8Array[] = [];
  let size = 0;
  let told = false;
  const tell = (end: ExchangeEnd) => {
    if (told) return;
    told = true;
    over(Buffer.concat(copy), end === 'whole' && keepBytes !== null && size > keepBytes ? 'too_large' : end);
  };
  const keep = (chunk: Uint8Array) => {
    size += chunk.byteLength;
    if (keepBytes !== null && size <= keepBytes) copy.push(chunk);
  };
  const leave = () => {
    tell('aborted');
    body.destroy();
  };
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done === true) {
          tell('whole');
          controller.close();
          return;
        }
        keep(value);
        controller.enqueue(value);
      } catch (error) {
        tell('broken');
        if (cut === undefined) throw error;
        cut();
      }
    },
    cancel: leave,
  });
  return { stream, leave };
}
