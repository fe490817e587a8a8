/**
 * Stands between a client's upload and an engine. Whoever reads from it may destroy it, as an HTTP client does with a body when
 * its connection breaks, without taking the client's own connection along: that one is still to get an answer.
 */
import { type Readable, Transform } from 'node:stream';

export interface Shielded {
  readonly body: Readable;
  /** Whether the source ended before it was complete, which only the client can cause. */
  clientLeft(): boolean;
}

/** @param onBytes told how many pass, piece by piece */
export function shield(source: Readable, onBytes: (bytes: number) => void): Shielded {
  const body = new Transform({
    transform(piece: Uint8Array, _, done) {
      onBytes(piece.length);
      done(null, piece);
    },
  });
  let left = false;
  const leave = () => {
    left ||= !source.readableEnded;
    if (left) body.destroy();
  };
  source.once('error', leave);
  source.once('close', leave);
  body.once('close', () => {
    // Read on into nothing: a client that is still writing would not look for its answer.
    source.unpipe(body);
    source.resume();
  });
  // Told by the exchange that was reading it.
  body.on('error', () => {});
  source.pipe(body);
  return { body, clientLeft: () => left };
}
