/** Keeps the settings in force as a recipe: those of the recipe that is named, with what the address sets above them. */
import { useQueryClient } from '@tanstack/react-query';
import type { Recipe, RecipeName, RecipeSettings } from '@vivim/contract/recipe';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { type ContextAddress, settingsOf } from '../../api/context-address.ts';
import { recipesQuery } from '../../api/context-queries.ts';
import { present } from '../../api/search-filters.ts';
import { strings } from '../../strings.ts';
import { Dialog } from '../kit/dialog.tsx';
import { Problem } from '../kit/problem.tsx';
import { say } from '../kit/toast-queue.ts';

const words = strings.context;

interface Props {
  address: ContextAddress;
  recipes: readonly Recipe[];
  go: (address: ContextAddress) => void;
}

export function settingsInForce(address: ContextAddress, recipe: Recipe | undefined): RecipeSettings {
  const usual = recipe?.settings ?? {};
  const own = settingsOf(address);
  const weights = { ...usual.weights, ...own.weights };
  return { ...usual, ...own, ...(Object.keys(weights).length === 0 ? {} : { weights }) };
}

export function SaveRecipe({ address, recipes, go }: Props) {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [error, setError] = useState<unknown>(null);
  const recipe = recipes.find((one) => one.name === (address.recipe ?? recipes[0]?.name));
  const known = recipes.find((one) => one.name === name);
  const begin = (): void => {
    setName(recipe === undefined || recipe.builtIn ? '' : recipe.name);
    setDescription(recipe === undefined || recipe.builtIn ? '' : recipe.description);
    setError(null);
    setOpen(true);
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      const body = { description, settings: settingsInForce(address, recipe) };
      const kept = await api.putRecipe({ params: { name: name as RecipeName }, body });
      await client.invalidateQueries(recipesQuery);
      setOpen(false);
      say(words.saved(kept.name));
      const { q, conversation, project, asOf, memories, without, out, pin, vs } = address;
      go(
        present<ContextAddress>({ q, conversation, project, asOf, memories, without, out, pin, vs, recipe: kept.name }),
      );
    } catch (failed) {
      setError(failed);
    }
  };
  return (
    <>
      <button type="button" onClick={begin}>
        {words.save}
      </button>
      <Dialog open={open} onOpenChange={setOpen} title={words.saveTitle} lead={words.saveLead}>
        <form className="stack" onSubmit={(event) => void save(event)}>
          <label className="field">
            <span>{words.saveName}</span>
            <input
              required
              pattern="[a-z0-9][a-z0-9\-]{0,39}"
              maxLength={40}
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
            <small>
              {known === undefined ? words.saveNameHelp : known.builtIn ? words.isBuiltIn(name) : words.exists(name)}
            </small>
          </label>
          <label className="field">
            <span>{words.saveDescription}</span>
            <input maxLength={200} value={description} onChange={({ target }) => setDescription(target.value)} />
          </label>
          {error !== null && <Problem error={error as Error} />}
          <div className="dialog-actions">
            <button type="submit" className="primary" disabled={known?.builtIn === true}>
              {words.saveDo}
            </button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
