/** Every source there is. A new one is its module and a line here (and its name in the contract). */
import type { Source } from '@vivim/contract/conversation';
import { chatgpt } from './chatgpt-source.ts';
import { claude } from './claude-source.ts';
import { generic } from './generic.ts';
import type { SourceModule } from './source-module.ts';

const bySource = {
  chatgpt,
  claude,
  generic,
} satisfies Record<Source, SourceModule>;

export const sourceModules: readonly SourceModule[] = Object.values(bySource);

export const moduleOf = (source: Source): SourceModule => bySource[source];
