/**
 * How a tool is made: what it is called, what it takes and gives, and the handlers of the API it asks. A tool has no
 * way to the space but those handlers, so that the two faces of an engine cannot drift apart.
 */
import type { McpServer, ToolAnnotations } from '@modelcontextprotocol/server';
import type { Asker } from '@vivim/contract/assembly';
import { AppError, errorTitles } from '@vivim/contract/errors';
import type { z } from 'zod';
import type { EngineHandlers } from '../http/handler.ts';
import type { McpDeps } from './mcp-entrance.ts';

/** What a tool may use while it runs. */
export interface ToolWorld {
  readonly handlers: EngineHandlers;
  readonly asker: Asker;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
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
  /** What a client shows a model that reads no structured content; by default the output as JSON. */
  readonly text?: (output: z.output<Output>) => string;
}

export interface Tool {
  register(server: McpServer, name: string, deps: McpDeps): void;
}

/** Reads only; asking again changes nothing; knows nothing beyond the person's own memory. */
export const reading: ToolAnnotations = { readOnlyHint: true, idempotentHint: true, openWorldHint: false };

export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  tool: ToolDefinition<Input, Output>,
): Tool {
  const { title, description, annotations, input, output } = tool;
  return {
    register(server, name, { handlers, onFailure }) {
      const config = { title, description, annotations, inputSchema: input, outputSchema: output };
      server.registerTool<z.ZodObject, z.ZodObject>(name, config, async (args, { mcpReq, http }) => {
        try {
          const asker = { sessionId: http?.authInfo?.clientId ?? '', way: 'mcp' } as const;
          const result = await tool.run(input.parse(args), { handlers, asker, signal: mcpReq.signal });
          const text = tool.text?.(result) ?? JSON.stringify(result);
          return { content: [{ type: 'text', text }], structuredContent: result };
        } catch (error) {
          if (!(error instanceof AppError)) onFailure(name, error);
          return { content: [{ type: 'text', text: inWords(error) }], isError: true };
        }
      });
    },
  };
}

/** `code: what was wrong`. Nothing of an error nobody expected leaves the engine. */
function inWords(error: unknown): string {
  const known = error instanceof AppError ? error : new AppError('internal');
  const where = known.field === undefined ? '' : ` (${known.field})`;
  return `${known.code}${where}: ${known.code === 'not_found' ? errorTitles.not_found : known.message}`;
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
