/**
 * Open streams of account events: each device hears at once what another one did. Told by number, read from the chain, sent to
 * whoever it is about and to nobody else.
 */
import type { AccountStreamEvent } from '@vivim/contract/account';
import type { UserId } from '@vivim/contract/ids';
import { findAudit } from '../../master/audit.ts';
import type { Master } from '../../master/db.ts';
import { toAccountEvent } from '../account/account.ts';
import type { OpenRequest } from './open-requests.ts';

type Send = (event: AccountStreamEvent) => void;

const encoder = new TextEncoder();
const beatMs = 15_000;

export class AccountStreams {
  readonly #master: Master;
  readonly #byPerson = new Map<string, Set<Send>>();

  constructor(master: Master) {
    this.#master = master;
  }

  /** Something happened to an account; whoever listens for it is told. */
  async hear(userId: string, seq: number): Promise<void> {
    const listeners = this.#byPerson.get(userId);
    if (listeners === undefined) return;
    const row = await findAudit(this.#master, userId as UserId, seq);
    if (row === null) return;
    for (const send of listeners) send({ type: 'account', event: toAccountEvent(row) });
  }

  /** Server-sent events until the session ends or the reader leaves. */
  open(request: OpenRequest, userId: UserId): ReadableStream<Uint8Array> {
    const { signal } = request;
    let close = () => {};
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        const write = (text: string) => controller.enqueue(encoder.encode(text));
        const send: Send = (event) => write(`data: ${JSON.stringify(event)}\n\n`);
        const here = this.#byPerson.get(userId) ?? new Set();
        this.#byPerson.set(userId, here.add(send));
        // The first byte tells the reader that it is heard from here on.
        write(': open\n\n');
        const beat = setInterval(() => write(': still here\n\n'), beatMs);
        beat.unref();
        close = () => {
          clearInterval(beat);
          here.delete(send);
          if (here.size === 0 && this.#byPerson.get(userId) === here) this.#byPerson.delete(userId);
          request.close();
        };
        signal.addEventListener('abort', () => {
          close();
          controller.close();
        });
      },
      cancel: () => close(),
    });
  }
}
