import { expect, it } from 'vitest';
import { projectName } from './project-name.ts';

it('is its name, else its folder, else which of its source it is', () => {
  const project = { name: null, externalId: 'g-p-68a1b2c3d4e5f60718293a4b5c6dabcd', source: 'chatgpt' } as const;
  expect(projectName({ ...project, name: 'Kitchen' })).toBe('Kitchen');
  expect(projectName({ ...project, externalId: '/home/ana/shed', source: 'claude-code' })).toBe('/home/ana/shed');
  expect(projectName(project)).toBe('ChatGPT project …abcd');
  expect(projectName({ ...project, externalId: 'g-p-shed' })).toBe('g-p-shed');
});
