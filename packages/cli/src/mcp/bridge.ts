/**
 * Between a program that speaks the Model Context Protocol over lines and a server that speaks it over HTTP: each line becomes a
 * request, what comes back becomes lines. Says nothing on the way out but the protocol. What was under way when the server went away
 * is asked again when it is back: every tool may be called twice.
 */
import { mcpClientMeta } from '@vivim/contract/mcp';
import { z } from 'zod';
import { CliError } from '../cli-error.ts';
import type { Connection } from '../session/connection.ts';
import { answersOf } from './answers.ts';
import { errorAnswer, headersOf, Message, type RequestId, saysItsRevision, toolError } from './message.ts';
import { allowed, readingTools } from './read-only.ts';

export interface BridgeDeps {
  readonly open: Connection['open'];
  /** One line of the protocol. */
  readonly write: (line: string) => void;
  /** For a person who looks; never content. */
  readonly say: (text: string) => void;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly readOnly: boolean;
}

/** A server that starts again is back within this long; waits grow from the first to the longest. */
const patience = { firstMs: 200, longestMs: 3_000, tries: 40 } as const;

/** Codes of JSON-RPC; the last is one of those a server may choose. */
const codes = { unreadable: -32_700, invalid: -32_600, refused: -32_001, failed: -32_603 } as const;

const Agreed = z.looseObject({ result: z.looseObject({ protocolVersion: z.string() }) });
const Introduction = z.looseObject({ clientInfo: z.looseObject({ name: z.string() }) });
const Cancelled = z.looseObject({ requestId: z.string().or(z.number()) });
const Refusal = z.looseObject({ error: z.string(), error_description: z.string().optional() });
const Answer = z.looseObject({ id: z.string().or(z.number()) });

export class Bridge {
  readonly #deps: BridgeDeps;
  readonly #running = new Map<RequestId, { readonly controller: AbortController; readonly method: string }>();
  readonly #ends = new Set<Promise<void>>();
  /** What an older client and the server agreed on, and what that client calls itself. */
  #agreed: string | null = null;
  #client: string | null = null;

  constructor(deps: BridgeDeps) {
    this.#deps = deps;
  }

  /** Answers arrive when they do. */
  take(line: string): void {
    if (line.trim() === '') return;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      this.#write(errorAnswer(null, codes.unreadable, 'This line is no JSON.'));
      return;
    }
    for (const one of Array.isArray(value) ? value : [value]) {
      const end: Promise<void> = this.#message(one).finally(() => this.#ends.delete(end));
      this.#ends.add(end);
    }
  }

  /** When all that was asked is answered. What only listens is let go. */
  async finish(): Promise<void> {
    for (const { controller, method } of this.#running.values())
      if (method === 'subscriptions/listen') controller.abort();
    await Promise.all(this.#ends);
  }

  #write(message: unknown): void {
    this.#deps.write(`${JSON.stringify(message)}\n`);
  }

  async #message(value: unknown): Promise<void> {
    const parsed = Message.safeParse(value);
    // An answer to a question nobody asked, or no message at all.
    if (!parsed.success) {
      const asks = typeof value === 'object' && value !== null && 'method' in value;
      return asks ? this.#write(errorAnswer(null, codes.invalid, 'This is no message of JSON-RPC 2.0.')) : undefined;
    }
    const message = parsed.data;
    if (message.method === 'notifications/cancelled') return this.#cancel(message);
    if (message.method === 'initialize')
      this.#client = Introduction.safeParse(message.params).data?.clientInfo.name ?? null;
    const { id } = message;
    if (this.#deps.readOnly && !allowed(message))
      return id === undefined
        ? undefined
        : this.#write(toolError(message, 'insufficient_scope: This connection only reads.'));
    const controller = new AbortController();
    if (id !== undefined) this.#running.set(id, { controller, method: message.method });
    try {
      await this.#pass(message, controller.signal);
    } catch (error) {
      if (controller.signal.aborted || id === undefined) return;
      this.#write(errorAnswer(id, codes.failed, error instanceof Error ? error.message : 'The server gave no answer.'));
    } finally {
      if (id !== undefined && this.#running.get(id)?.controller === controller) this.#running.delete(id);
    }
  }

  /** The server learns of it by the connection that ends, whichever the revision. */
  #cancel({ params }: Message): void {
    const cancelled = Cancelled.safeParse(params);
    if (cancelled.success) this.#running.get(cancelled.data.requestId)?.controller.abort();
  }

  async #pass(message: Message, signal: AbortSignal): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        if (await this.#once(message, signal)) return;
        throw new CliError('unreachable', 'The server broke off in the middle of an answer.');
      } catch (error) {
        const passing = error instanceof CliError ? error.failure === 'unreachable' : error instanceof TypeError;
        if (signal.aborted || !passing || attempt === patience.tries) throw error;
        if (attempt === 1) this.#deps.say('The server does not answer. It is asked again until it does.');
        await this.#deps.wait(Math.min(patience.longestMs, patience.firstMs * 2 ** (attempt - 1)), signal);
      }
    }
  }

  /** @returns false where the answer did not come to its end */
  async #once(message: Message, signal: AbortSignal): Promise<boolean> {
    const response = await this.#deps.open('/mcp', {
      method: 'POST',
      headers: headersOf(message, this.#agreed),
      body: JSON.stringify(this.#signed(message)),
      signal,
    });
    if (response.status === 502 || response.status === 503 || response.status === 504) {
      await response.body?.cancel();
      throw new CliError('unreachable', `The server says ${response.status}.`);
    }
    let ended = message.id === undefined;
    for await (const answer of answersOf(response)) {
      if (message.id !== undefined && Answer.safeParse(answer).data?.id === message.id) ended = true;
      const refusal = Refusal.safeParse(answer);
      if (refusal.success && !response.ok) {
        this.#refused(message, refusal.data);
        return true;
      }
      if (message.method === 'initialize')
        this.#agreed = Agreed.safeParse(answer).data?.result.protocolVersion ?? this.#agreed;
      this.#write(this.#deps.readOnly ? readingTools(message, answer) : answer);
    }
    return ended || !response.ok;
  }

  #refused(message: Message, { error, error_description }: z.infer<typeof Refusal>): void {
    const { id, method } = message;
    if (id === undefined) return;
    const text = `${error}: ${error_description ?? 'The server does not allow this.'}`;
    this.#write(method === 'tools/call' ? toolError(message, text) : errorAnswer(id, codes.refused, text));
  }

  /** An older client says who it is at its beginning only; each of its calls says it here. */
  #signed(message: Message): Message {
    if (message.method !== 'tools/call' || this.#client === null || saysItsRevision(message)) return message;
    const { params = {} } = message;
    return { ...message, params: { ...params, _meta: { ...params._meta, [mcpClientMeta]: this.#client } } };
  }
}
