/** A zip made while it is read: one member at a time, each as it comes, in bounded memory. Knows nothing of what is in it. */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ZipFile } from 'yazl';

export interface ZipMember {
  readonly name: string;
  readonly chunks: AsyncIterable<Buffer> | Iterable<Buffer>;
}

/**
 * @param members asked for the next one when the one before is through
 * @param at the time every member bears
 * @param onEnd called once, however it ends
 */
export function zipStream(
  members: Iterable<ZipMember>,
  at: Date,
  signal: AbortSignal,
  onEnd: () => void,
): ReadableStream<Uint8Array> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const closed = Promise.withResolvers<void>();
  let current: Readable | null = null;
  const stop = () => output.destroy(signal.reason instanceof Error ? signal.reason : new Error('given up'));
  signal.addEventListener('abort', stop, { once: true });
  output.once('close', () => {
    signal.removeEventListener('abort', stop);
    current?.destroy();
    onEnd();
    closed.resolve();
  });
  zip.on('error', (error: unknown) => void output.destroy(error as Error));
  const fill = async () => {
    for (const { name, chunks } of members) {
      if (output.destroyed) return;
      const member = Readable.from(withTurns(chunks), { objectMode: false });
      current = member;
      member.on('error', (error) => void output.destroy(error));
      zip.addReadStream(member, name, { mtime: at, mode: 0o100600 });
      await once(member, 'end', { signal });
    }
    zip.end();
  };
  fill().catch((error: unknown) => void output.destroy(error as Error));
  const reader = (Readable.toWeb(output) as unknown as ReadableStream<Uint8Array>).getReader();
  // Whoever hears that it is over may begin the next one: everything was given back.
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { value, done } = await reader.read();
          if (!done) return controller.enqueue(value);
        } catch (error) {
          await closed.promise;
          throw error;
        }
        await closed.promise;
        controller.close();
      },
      async cancel(reason) {
        await reader.cancel(reason);
        await closed.promise;
      },
    },
    { highWaterMark: 0 },
  );
}

/** Requests are answered between pieces. */
async function* withTurns(chunks: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    yield chunk;
    await nextTurn();
  }
}
