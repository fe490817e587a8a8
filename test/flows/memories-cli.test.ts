/** Memories and projects in the terminal: a real server, two people; forgotten is forgotten. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ErasureReceipt } from '@vivim/contract/erasure';
import {
  Memory,
  MemoryConflict,
  MemoryDetail,
  MemoryStep,
  MemoryStepUndone,
  Project,
  ProjectSummary,
} from '@vivim/contract/memory';
import { page } from '@vivim/contract/page';
import { beforeAll, describe, expect, it } from 'vitest';
import { claudeExport, inProject } from '../kit/claude-export.ts';
import { useTerminals } from '../kit/terminals.ts';

const { vivim, json, signIn } = useTerminals();
let home: string;
const listed = async (profile: string, ...filters: string[]) =>
  (await json(profile, page(Memory), 'memories', 'list', ...filters)).items;

beforeAll(async () => {
  home = await signIn();
}, 120_000);

describe('memories in the terminal', () => {
  it('come with an export, which counts them, and belong to projects', async () => {
    const file = path.join(home, 'data.zip');
    writeFileSync(
      file,
      claudeExport({
        memory: 'Teaches physics in Leeds.',
        instructions: 'Answer in verse',
        documents: { 'rules.md': '# Rules' },
        conversations: [inProject('c0000000-0000-4000-8000-000000000001', 'Begin the poem.')],
      }),
    );
    const run = await vivim('alice', 'import', file);
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining('2 memories, 1 project, 1 document')]);
    const { items } = await json('alice', page(ProjectSummary), 'projects');
    const id = items[0]?.id as string;
    expect(await json('alice', Project, 'projects', id)).toMatchObject({
      name: 'Poetry',
      instructions: 'Answer in verse',
    });
    expect((await listed('alice', '--project', id)).map(({ text }) => text)).toEqual(['Answer in verse']);
    expect((await vivim('alice', 'conversations', '--project', id)).stdout).toContain('In the project');
    expect((await vivim('bob', 'projects', id)).code).not.toBe(0);
  });

  it('are added, edited, pinned, archived and forgotten; Bob has none of them', async () => {
    const added = await json('alice', Memory, 'memories', 'add', 'Always', 'use', 'metric.', '--kind', 'instruction');
    expect(added).toMatchObject({ text: 'Always use metric.', kind: 'instruction', origin: 'stated' });
    await json('alice', Memory, 'memories', 'edit', added.id, 'Always use metric units.');
    expect(await json('alice', Memory, 'memories', 'pin', added.id)).toMatchObject({ pinned: true });
    expect((await listed('alice'))[0]).toMatchObject({ id: added.id, text: 'Always use metric units.' });
    expect(await json('alice', Memory, 'memories', 'archive', added.id)).toMatchObject({ state: 'archived' });
    expect((await listed('alice', '--state', 'archived')).map(({ id }) => id)).toEqual([added.id]);
    await json('alice', Memory, 'memories', 'restore', added.id);
    const [learnt] = (await listed('alice', '--origin', 'imported')).filter(({ kind }) => kind === 'fact');
    const shown = await json('alice', MemoryDetail, 'memories', 'show', learnt?.id as string);
    expect(shown.evidence).toMatchObject([{ from: 'import', field: 'conversations_memory', quoted: learnt?.text }]);
    expect((await vivim('alice', 'context', 'What shall I do?')).stdout).toContain('Always use metric units.');
    expect((await vivim('alice', 'search', 'physics')).stdout).toContain('Teaches physics in Leeds.');
    expect(await json('alice', ErasureReceipt, 'memories', 'forget', added.id, '--preview')).toMatchObject({
      id: null,
    });
    expect((await vivim('bob', 'memories', 'forget', added.id, '--yes')).code).not.toBe(0);
    expect((await vivim('alice', 'memories', 'forget', added.id)).code).not.toBe(0);
    const receipt = await json('alice', ErasureReceipt, 'memories', 'forget', added.id, '--yes');
    expect(receipt.removed.memories).toBe(1);
    expect((await vivim('alice', 'context', 'What shall I do?')).stdout).not.toContain('metric');
    expect(await listed('bob')).toEqual([]);
  });

  it('are named, tied to a domain, settled, reviewed and merged; Bob is asked nothing', async () => {
    const tool = await json(
      'alice',
      Memory,
      ...['memories', 'add', 'Lints', 'with', 'Biome.', '--kind', 'entity', '--name', 'linting', '--scope', 'code'],
    );
    expect(tool).toMatchObject({ name: 'linting', scopes: ['code'] });
    await json('alice', Memory, 'memories', 'name', tool.id, '--alias', 'Biome', 'formatter', '--scope', 'code', 'web');
    const inCode = await vivim('alice', 'context', 'which formatter?', '--scope', 'code');
    expect(inCode.stdout).toContain('Lints with Biome.');
    expect((await vivim('alice', 'context', 'which formatter?', '--scope', 'garden')).stdout).not.toContain('Biome');
    const [porto, lisbon] = [
      await json('alice', Memory, 'memories', 'add', 'I live in Porto.'),
      await json('alice', Memory, 'memories', 'add', 'I live in Lisbon.'),
    ];
    const conflicts = () => json('alice', page(MemoryConflict), 'memories', 'conflicts');
    await expect.poll(async () => (await conflicts()).items.length, { timeout: 20_000 }).toBe(1);
    expect((await vivim('bob', 'memories', 'conflicts')).stdout).toContain('Nothing contradicts.');
    await json('alice', MemoryConflict, 'memories', 'settle', 'home', '--keep', lisbon.id);
    expect((await listed('alice', '--state', 'superseded')).map(({ id }) => id)).toEqual([porto.id]);
    expect((await vivim('alice', 'memories', 'due')).stdout).toContain('Nothing is due.');
    expect(await json('alice', Memory, 'memories', 'review', tool.id, '--gone')).toMatchObject({ state: 'archived' });
    expect(await json('alice', Memory, 'memories', 'merge', porto.id, lisbon.id)).toMatchObject({ id: lisbon.id });
    expect((await vivim('alice', 'memories', 'name', tool.id)).code).not.toBe(0);
  });

  it('go back a step, the newest or a named one; Bob has no steps and cannot take hers back', async () => {
    const song = await json('alice', Memory, 'memories', 'add', 'Sings', 'alto.');
    await json('alice', Memory, 'memories', 'edit', song.id, 'Sings tenor.');
    await json('alice', Memory, 'memories', 'archive', song.id);
    const { items } = await json('alice', page(MemoryStep), 'memories', 'steps', '--limit', '2');
    expect(items).toMatchObject([
      { what: 'change', covered: false, memories: [{ text: 'Sings tenor.', state: 'active' }] },
      { what: 'change', covered: true, memories: [{ text: 'Sings alto.' }] },
    ]);
    const [newest, edit] = items.map(({ key }) => key);
    expect((await vivim('bob', 'memories', 'undo', newest as string)).code).not.toBe(0);
    expect((await vivim('bob', 'memories', 'steps')).stdout).toContain('There is no step to take back.');
    expect((await vivim('bob', 'memories', 'undo')).code).not.toBe(0);
    expect((await vivim('alice', 'memories', 'undo', edit as string)).stderr).toContain(
      'A later step changed the same',
    );
    expect((await vivim('alice', 'memories', 'steps')).stdout).toContain('before: Sings tenor.');
    expect((await vivim('alice', 'memories', 'undo')).stdout).toContain('Sings tenor.');
    expect(await json('alice', MemoryStepUndone, 'memories', 'undo', edit as string)).toMatchObject({
      memories: [{ text: 'Sings alto.', state: 'active' }],
    });
  });
});
