/** Has a person type what they mean to destroy. */
import { createInterface } from 'node:readline';
import { CliError } from '../cli-error.ts';
import type { World } from '../world.ts';

/** @throws CliError `usage` when something else was typed, or nothing */
export async function typed(world: World, expected: string, question: string): Promise<void> {
  world.stderr.write(question);
  const lines = createInterface({ input: world.stdin });
  const answer = await new Promise<string>((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => resolve(''));
  });
  lines.close();
  if (answer.trim() !== expected) throw new CliError('usage', 'That is not the id. Nothing was erased.');
}
