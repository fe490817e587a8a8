/** What a connection that only reads lets pass: calls of tools that change nothing, and the names of those. Pure. */
import { isMcpTool, mcpTools } from '@vivim/contract/mcp';
import { z } from 'zod';
import { type Message, nameOf } from './message.ts';

const changesNothing = (name: string): boolean => isMcpTool(name) && !mcpTools[name].changes;

/** A tool this program does not know may do anything. */
export const allowed = (message: Message): boolean =>
  message.method !== 'tools/call' || changesNothing(nameOf(message) ?? '');

const ToolList = z.looseObject({ result: z.looseObject({ tools: z.array(z.looseObject({ name: z.string() })) }) });

/** The answer to `tools/list` without the tools that change something; any other as it is. */
export function readingTools({ method }: Message, answer: unknown): unknown {
  const list = method === 'tools/list' ? ToolList.safeParse(answer) : null;
  if (list?.success !== true) return answer;
  const { result } = list.data;
  return { ...list.data, result: { ...result, tools: result.tools.filter(({ name }) => changesNothing(name)) } };
}
