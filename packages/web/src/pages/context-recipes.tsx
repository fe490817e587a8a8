/** Recipes: those that come with VIVIM and one's own, to ask with, to change, to remove. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Recipe, RecipeSettings } from '@vivim/contract/recipe';
import { budgetLimits } from '@vivim/contract/recipe-words';
import type { ReactNode } from 'react';
import { api } from '../api/client.ts';
import { settingsAddress } from '../api/context-address.ts';
import { recipesQuery } from '../api/context-queries.ts';
import { ContextTabs } from '../components/context/context-tabs.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { undoable } from '../components/kit/toast-queue.ts';
import { number } from '../count.ts';
import { strings } from '../strings.ts';

const words = strings.recipes;

function told({
  budget,
  format,
  depth,
  model,
  tokenizer,
  weights,
  sources,
  longestQuote,
  persona,
  liveOnly,
}: RecipeSettings): string[] {
  return [
    words.setting.budget(number(budget ?? budgetLimits.default)),
    ...(format === undefined ? [] : [strings.context.formats[format]]),
    ...(depth === undefined ? [] : [`${strings.context.depth}: ${strings.context.depths[depth]}`]),
    ...(model === undefined ? [] : [words.setting.model(model)]),
    ...(tokenizer === undefined ? [] : [tokenizer]),
    ...(weights === undefined ? [] : [words.setting.weights(Object.keys(weights).length)]),
    ...(sources === undefined ? [] : [words.setting.sources]),
    ...(longestQuote === undefined ? [] : [words.setting.longest(number(longestQuote))]),
    ...(persona === undefined ? [] : [words.setting.persona]),
    ...(liveOnly === undefined ? [] : [words.setting.live[liveOnly ? 'true' : 'false']]),
  ];
}

function RecipeCard({ recipe, isUsual }: { recipe: Recipe; isUsual: boolean }) {
  const client = useQueryClient();
  const { name, description, builtIn, settings } = recipe;
  const again = () => client.invalidateQueries(recipesQuery);
  const remove = () =>
    undoable(
      async () => {
        await api.deleteRecipe({ params: { name } });
        await again();
      },
      {
        say: words.removed(name),
        undo: async () => {
          await api.putRecipe({ params: { name }, body: { description, settings } });
          await again();
        },
      },
    );
  return (
    <li className="card recipe">
      <div>
        <h3>
          <span translate="no">{name}</span> {isUsual && <span className="chip">{words.usual}</span>}
        </h3>
        {description !== '' && (
          <p dir="auto" {...(builtIn ? { lang: 'en' } : {})}>
            {description}
          </p>
        )}
        <ul className="chips">
          {told(settings).map((one) => (
            <li key={one} className="chip">
              {one}
            </li>
          ))}
        </ul>
      </div>
      <div className="recipe-acts">
        <Link className="button" to="/context" search={isUsual ? {} : { recipe: name }}>
          {words.use}
        </Link>
        {!builtIn && (
          <>
            <Link className="button" to="/context" search={{ ...settingsAddress(settings), recipe: name }}>
              {words.edit}
            </Link>
            <button type="button" className="quiet" aria-label={words.removeOf(name)} onClick={() => void remove()}>
              {words.remove}
            </button>
          </>
        )}
      </div>
    </li>
  );
}

export function RecipesPage(): ReactNode {
  const { data, error } = useQuery(recipesQuery);
  const own = data?.filter(({ builtIn }) => !builtIn) ?? [];
  const builtIn = data?.filter((recipe) => recipe.builtIn) ?? [];
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <ContextTabs />
      {error !== null && <Problem error={error} />}
      {data === undefined && error === null && <Skeleton shape="cards" />}
      {data !== undefined && (
        <>
          <section>
            <h2>{words.own}</h2>
            {own.length === 0 && <p className="note">{words.ownNone}</p>}
            <ul className="recipes">
              {own.map((recipe) => (
                <RecipeCard key={recipe.name} recipe={recipe} isUsual={false} />
              ))}
            </ul>
          </section>
          <section>
            <h2>{words.builtIn}</h2>
            <ul className="recipes">
              {builtIn.map((recipe, i) => (
                <RecipeCard key={recipe.name} recipe={recipe} isUsual={i === 0} />
              ))}
            </ul>
          </section>
        </>
      )}
    </>
  );
}
