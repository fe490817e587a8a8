import { expect, it, vi } from 'vitest';
import { newMcpHome } from '../../../test/kit/mcp-home.ts';

it('closes whole, however soon after it began: what puts in order after a death ends first', async () => {
  const lines: string[] = [];
  const written = vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  const [alice, bob] = [newMcpHome(false), newMcpHome(false)];
  await Promise.all([alice, bob].map(({ engine }) => engine.close()));
  await new Promise((resolve) => setTimeout(resolve, 50));
  written.mockRestore();
  expect(lines.filter((line) => line.includes('background-'))).toEqual([]);
});
