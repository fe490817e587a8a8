/**
 * Prompts: one for each recipe, those that come with VIVIM and the person's own. Getting one compiles the context of a message by that
 * recipe, so that a person can put it before any model by hand.
 */
import { ProtocolError, ProtocolErrorCode, type Server } from '@modelcontextprotocol/server';
import { budgetLimits, type Recipe } from '@vivim/contract/recipe';
import { z } from 'zod';
import { protocolError } from './resources.ts';
import { begin, readCall, type Serving, type ToolWorld } from './tool.ts';
import { compiled } from './tools/context.ts';

const Arguments = z.strictObject({
  message: z.string().trim().min(1).max(100_000),
  budget: z.coerce.number().int().min(budgetLimits.min).max(budgetLimits.max).optional(),
});

const promptArguments = [
  { name: 'message', description: 'What you want to ask. The context is compiled for it.', required: true },
  { name: 'budget', description: 'Tokens the text may take; the recipe’s own where left out.', required: false },
];

export function servePrompts(server: Server, serving: Serving): void {
  server.setRequestHandler('prompts/list', async (_, context) => {
    if (!serving.visit.reads) return { prompts: [] };
    const { world, end } = begin(serving, context);
    try {
      return { prompts: (await recipes(world)).map(promptOf) };
    } catch (error) {
      throw protocolError(serving, 'prompts/list', error, world.signal);
    } finally {
      end();
    }
  });
  server.setRequestHandler('prompts/get', async ({ params }, context) => {
    const { world, end } = begin(serving, context);
    try {
      return await filled(world, params.name, params.arguments ?? {});
    } catch (error) {
      throw protocolError(serving, 'prompts/get', error, world.signal);
    } finally {
      end();
    }
  });
}

const recipes = async (world: ToolWorld): Promise<Recipe[]> =>
  (await world.handlers.listRecipes(readCall(world, { params: {}, query: {}, body: undefined }))).items;

const promptOf = ({ name, description, builtIn }: Recipe) => ({
  name,
  title: `Context: ${name}`,
  description: `${description === '' ? 'Context for a message' : description}. ${builtIn ? 'Comes with VIVIM.' : 'Your own recipe.'}`,
  arguments: promptArguments,
});

async function filled(world: ToolWorld, name: string, given: Readonly<Record<string, string>>) {
  const recipe = (await recipes(world)).find((one) => one.name === name);
  if (recipe === undefined) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no prompt ${name}.`);
  const parsed = Arguments.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, `${where === '' ? '' : `${where}: `}${issue?.message}`);
  }
  const { message, budget } = parsed.data;
  const bundle = await compiled(world, {
    query: message,
    recipe: recipe.name,
    format: 'markdown',
    ...(budget === undefined ? {} : { budget }),
  });
  return {
    description: `${bundle.tokens} tokens of context by the recipe ${recipe.name}, with the message`,
    messages: [{ role: 'user' as const, content: { type: 'text' as const, text: bundle.text } }],
  };
}
