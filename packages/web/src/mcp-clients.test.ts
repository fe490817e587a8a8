/** The page and the guides say the same: each client has a guide, and it holds all that the page has to be copied. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../../test/architecture/source-files.ts';
import { mcpClientIds, setupsOf } from './mcp-clients.ts';
import { strings } from './strings.ts';

const guides = join(root, 'docs/guide/mcp');
const fileOf = (id: string) => `${id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.md`;

it('names each client in a guide of its own, and no other', () => {
  expect(readdirSync(guides).sort()).toEqual(mcpClientIds.map(fileOf).sort());
  const connecting = readFileSync(join(guides, '../connecting.md'), 'utf8');
  for (const id of mcpClientIds) expect(connecting).toContain(`(mcp/${fileOf(id)})`);
});

it.each(mcpClientIds)('%s is set up the same on the page and in its guide', (id) => {
  const guide = readFileSync(join(guides, fileOf(id)), 'utf8');
  expect(guide).toContain(`\n${strings.mcp.steps[id]}\n`);
  for (const { text, file } of setupsOf(id)) {
    expect(guide).toContain(`\n${text('http://localhost:7717')}\n`);
    if (file !== null) expect(guide).toContain(`\`${file}\``);
  }
});
