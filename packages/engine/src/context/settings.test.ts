/** Every setting of a context changes what is compiled, whether a request or a recipe says it; and what goes before what. */

import { ContextRequest } from '@vivim/contract/context';
import {
  builtInRecipes,
  type contextSettings,
  type PutRecipe,
  type RecipeName,
  type RecipeSettings,
} from '@vivim/contract/recipe';
import { tokenizerOfModel } from '@vivim/contract/tokenizers';
import { describe, expect, it } from 'vitest';
import { asker, contextsOf } from '../../../../test/kit/context.ts';
import { type FilledMessage, fillSpace, indexWords } from '../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { settle } from './settings.ts';

const clock = () => 1_700_000_000_000;
const name = (text: string) => text as RecipeName;

/** Enough about one thing that a budget of 900 tokens has to choose. */
const talk = (i: number): FilledMessage => {
  const text = `Glaze number ${i} of the pottery kiln melted at ${1_000 + i} degrees, ran down the shelf, stuck to the bricks and had to be ground off again over the whole of a long and dusty weekend in the shed behind the house.`;
  return { text, at: '2024-05-01T09:00:00Z', units: [{ text, topics: ['kiln'], entities: ['Emma'] }] };
};
const self = (text: string, type: 'personal_fact' | 'instruction'): FilledMessage => ({
  text,
  at: '2024-05-01T08:00:00Z',
  units: [{ text, type }],
});

function asking(space: UserSpace) {
  const ids = fillSpace(space, [
    {
      externalId: 'self',
      messages: [
        ...Array.from({ length: 8 }, (_, i) =>
          self(`I have kept bees for ${i + 2} years near Leeds and sell honey.`, 'personal_fact'),
        ),
        ...Array.from({ length: 8 }, (_, i) => self(`Always answer in metric units, rule ${i}.`, 'instruction')),
      ],
    },
    { externalId: 'kiln', title: 'Kiln', messages: Array.from({ length: 30 }, (_, i) => talk(i)) },
  ]);
  indexWords(space, ids);
  const orchestrator = contextsOf(space, clock);
  const plain = { query: 'What about the glaze in the kiln, Emma?', budget: 900 };
  return (request: object = {}) => orchestrator.compile(ContextRequest.parse({ ...plain, ...request }), asker);
}

/** Depth is looked at below, `liveOnly` where something no longer holds (what-holds.test.ts). */
const settings: Readonly<Record<Exclude<keyof typeof contextSettings, 'depth' | 'liveOnly'>, RecipeSettings>> = {
  budget: { budget: 400 },
  format: { format: 'xml' },
  tokenizer: { tokenizer: 'conservative' },
  model: { model: 'claude-sonnet-4-5' },
  weights: { weights: { L2: 0 } },
  sources: { sources: { except: ['generic'] } },
  longestQuote: { longestQuote: 80 },
  persona: { persona: 'You are a patient potter.' },
};

describe('every setting', () => {
  it.each(Object.entries(settings))(
    '%s changes the text, from a request and from a recipe alike',
    async (_, changed) => {
      const { alice, bob } = twoSpaces();
      const ask = asking(alice);
      const recipe: PutRecipe = { description: '', settings: changed };
      alice.write((w) => w.recipes.put(name('mine'), recipe, clock()));
      const plain = await ask({ budget: undefined, ...('budget' in changed ? {} : { budget: 900 }) });
      const asked = await ask({ ...('budget' in changed ? {} : { budget: 900 }), ...changed });
      const kept = await ask({ budget: 'budget' in changed ? undefined : 900, recipe: 'mine' });
      expect(asked.text !== plain.text || asked.tokens !== plain.tokens).toBe(true);
      expect({ ...kept, id: '', recipe: '', timings: {}, citations: [] }).toEqual({
        ...asked,
        id: '',
        recipe: '',
        timings: {},
        citations: [],
      });
      expect(kept.recipe).toBe('mine');
      await expect(asking(bob)({ recipe: 'mine' })).rejects.toMatchObject({ code: 'request_invalid' });
    },
  );

  it('depth changes how much of the budget topics may claim', async () => {
    const ask = asking(twoSpaces().alice);
    const used = async (depth: string) =>
      (await ask({ depth, budget: 2_000 })).layers.find(({ layer }) => layer === 'L2')?.allotted ?? 0;
    expect(await used('deep')).toBeGreaterThan(await used('minimal'));
  });

  it('a weight of 0 leaves out the very layer it names, and no other', async () => {
    const { alice } = twoSpaces();
    const ask = asking(alice);
    alice.write((w) => w.memories.state({ text: 'I keep bees near Leeds.', kind: 'fact' } as never, 'v', clock()));
    alice.write((w) =>
      w.memories.state({ text: 'Answer in metric units.', kind: 'instruction' } as never, 'w', clock()),
    );
    const told = async (more: object = {}) =>
      (await ask({ budget: 6_000, ...more })).layers.filter(({ used }) => used > 0).map(({ layer }) => layer);
    const plain = await told();
    expect(plain).toEqual(expect.arrayContaining(['L0', 'L1', 'L2', 'L5']));
    for (const layer of plain.filter((one) => one !== 'L7')) {
      expect(await told({ weights: { [layer]: 0 } })).toEqual(plain.filter((one) => one !== layer));
    }
  });

  it('what a request says goes before its recipe, and weights are joined layer by layer', () => {
    const recipe = {
      ...builtInRecipes[0],
      settings: { budget: 500, weights: { L0: 2, L5: 2 } },
    } as (typeof builtInRecipes)[number];
    const settled = settle(ContextRequest.parse({ query: 'q', budget: 700, weights: { L5: 0.5 } }), recipe);
    expect(settled).toMatchObject({ budget: 700, format: 'markdown', weights: { L0: 2, L1: 1, L5: 0.5 } });
  });

  it.each(builtInRecipes.map((recipe) => recipe.name))('the recipe %s compiles within its budget', async (recipe) => {
    const bundle = await asking(twoSpaces().alice)({ budget: undefined, recipe });
    expect(bundle.recipe).toBe(recipe);
    expect(bundle.tokens).toBeLessThanOrEqual(bundle.budget);
  });
});

describe('a persona', () => {
  it('stands first among the preferences, cited by its recipe', async () => {
    const { alice } = twoSpaces();
    const ask = asking(alice);
    alice.write((w) => w.recipes.put(name('potter'), { description: '', settings: settings.persona }, clock()));
    const bundle = await ask({ recipe: 'potter' });
    expect(bundle.text).toMatch(/## Preferences\n### Persona\n- \[\d+\] You are a patient potter\.\n/);
    expect(bundle.citations.find((citation) => 'persona' in citation)).toMatchObject({
      quoted: 'You are a patient potter.',
      persona: { recipe: 'potter' },
    });
  });
});

describe('excluding', () => {
  it('a topic takes everything known to belong to it, and says so', async () => {
    const { alice } = twoSpaces();
    const ask = asking(alice);
    const [topic] = alice.read((r) => r.bundles.material.subjects('topic', 1));
    const bundle = await ask({ exclude: { topicIds: [topic?.id] } });
    expect(bundle.text).not.toContain('degrees');
    expect(bundle.omitted.some(({ reason }) => reason === 'excluded')).toBe(true);
  });

  it('sources leave what is quoted of them, and keep what nobody sourced', async () => {
    const { alice } = twoSpaces();
    const bundle = await asking(alice)({ sources: { only: ['claude'] } });
    expect(bundle.citations.filter(({ conversation }) => conversation !== null)).toEqual([]);
  });
});

describe('a model', () => {
  it.each([
    ['gpt-4o-mini', 'o200k_base'],
    ['openai/gpt-5.1', 'o200k_base'],
    ['o3', 'o200k_base'],
    ['gpt-4-turbo', 'cl100k_base'],
    ['gpt-3.5-turbo', 'cl100k_base'],
    ['claude-opus-4-5', 'conservative'],
    ['gemini-2.5-pro', 'conservative'],
    ['llama3.1:8b', 'conservative'],
    ['something nobody knows', 'conservative'],
  ])('%s is counted by %s', (model, tokenizer) => {
    expect(tokenizerOfModel(model)).toBe(tokenizer);
  });
});
