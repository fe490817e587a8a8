/**
 * How a tool is made: what it is called, what it takes and gives, and the handlers of the API it asks. A tool has no
 * way to the space but those handlers, so that the two faces of an engine cannot drift apart.
 */
import type { McpServer, ServerContext, ToolAnnotations } from '@modelcontextprotocol/server';
import type { Asker } from '@vivim/contract/assembly';
import { AppError } from '@vivim/contract/errors';
import { parse } from '@vivim/contract/parse';
import { randomBytes } from '@vivim/contract/random';
import type { z } from 'zod';
import type { AskedFacts } from '../http/asked-records.ts';
import type { EngineHandlers } from '../http/handler.ts';
import type { InFlight } from './in-flight.ts';
import { listedInput, listedOutput } from './listed-schema.ts';
import type { McpDeps } from './mcp-entrance.ts';
import { askerNamed, type Visit } from './visit.ts';
import { takenBack, wordsOfError } from './words-of-error.ts';

/** What a tool may use while it runs. */
export interface ToolWorld {
  readonly handlers: EngineHandlers;
  readonly asker: Asker;
  /** Where pages of this server are; null where nobody said. */
  readonly origin: string | null;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /**
   * Says how far it is, to a client that asked to hear; null for one that did not.
   * @param done grows
   * @param total null while nobody knows
   */
  readonly tell: ((done: number, total: number | null, message: string) => Promise<void>) | null;
}

export interface ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> {
  readonly title: string;
  /** For a model: when to call it, what comes back. */
  readonly description: string;
  readonly annotations: ToolAnnotations;
  readonly input: Input;
  readonly output: Output;
  /** @throws AppError which the model is told in words */
  readonly run: (args: z.output<Input>, world: ToolWorld) => Promise<z.output<Output>>;
  /** What is written down of it for the user; null where a record of its own says more. */
  readonly asked: (args: z.output<Input>, output: z.output<Output>) => AskedFacts | null;
  /** What a client shows a model that reads no structured content: enough to work with, ids included. */
  readonly text: (output: z.output<Output>) => string | readonly string[];
}

/** What all that is registered for one message shares. */
export interface Serving {
  readonly deps: McpDeps;
  readonly inFlight: InFlight;
  readonly visit: Visit;
}

export interface Tool {
  register(server: McpServer, name: string, serving: Serving): void;
}

/** Reads only; asking again changes nothing; knows nothing beyond the person's own memory. */
export const reading: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  tool: ToolDefinition<Input, Output>,
): Tool {
  const { title, description, annotations, input, output } = tool;
  const listed = { inputSchema: listedInput(input), outputSchema: listedOutput(output) };
  return {
    register(server, name, serving) {
      const config = { title, description, annotations: { ...annotations, title }, ...listed };
      server.registerTool(name, config, async (args, context) => {
        const { world, end } = begin(serving, context);
        try {
          const parsed = parse(input, args);
          const result = await tool.run(parsed, world);
          const texts = [tool.text(result)].flat();
          noteAsked(serving, world, tool.asked(parsed, result), texts);
          const content = texts.map((text) => ({ type: 'text' as const, text }));
          return { content, structuredContent: result };
        } catch (error) {
          // What was taken back failed for that, and is no news to anybody.
          const text = world.signal.aborted ? takenBack : wordsOfError(error);
          if (!(error instanceof AppError) && !world.signal.aborted) serving.deps.onFailure(name, error);
          return { content: [{ type: 'text', text }], isError: true };
        } finally {
          end();
        }
      });
    },
  };
}

/** Writes down what was asked for and given. @param texts of the answer, as a model reads them */
export function noteAsked(
  { deps }: Serving,
  { asker }: ToolWorld,
  facts: AskedFacts | null,
  texts: readonly string[],
): void {
  if (facts === null) return;
  deps.asked.keep(
    asker,
    facts,
    texts.reduce((sum, { length }) => sum + length, 0),
  );
}

/** What answering one message may use. Ended by whoever began it. */
export function begin(
  { deps, inFlight, visit }: Serving,
  { mcpReq }: ServerContext,
): { readonly world: ToolWorld; end(): void } {
  const going = inFlight.begin(visit.asker.sessionId, mcpReq.id);
  const token = mcpReq._meta?.progressToken;
  const world = {
    handlers: deps.handlers,
    asker: askerNamed(visit.asker, { ...mcpReq._meta, ...mcpReq.envelope }),
    origin: visit.origin,
    signal: AbortSignal.any([mcpReq.signal, visit.signal, going.signal]),
    tell:
      token === undefined
        ? null
        : (progress: number, total: number | null, message: string) =>
            mcpReq.notify({
              method: 'notifications/progress',
              params: { progressToken: token, progress, message, ...(total === null ? {} : { total }) },
            }),
  };
  return { world, end: going.end };
}

/** A call of a handler that reads: what is not given is empty. */
export function readCall<Params extends object, Query extends object, Body>(
  world: ToolWorld,
  parts: { readonly params: Params; readonly query: Query; readonly body: Body },
) {
  return {
    ...parts,
    upload: null,
    verb: { id: '', operation: '', requestHash: '' },
    headers: {},
    asker: world.asker,
    signal: world.signal,
  };
}

/** A call of a handler that writes, once: what it does again by itself is the handler's to know. */
export function writeCall<Params extends object, Query extends object, Body>(
  world: ToolWorld,
  operation: string,
  parts: { readonly params: Params; readonly query: Query; readonly body: Body },
) {
  const id = `mcp:${Buffer.from(randomBytes(16)).toString('base64url')}`;
  return { ...readCall(world, parts), verb: { id, operation, requestHash: id } };
}
