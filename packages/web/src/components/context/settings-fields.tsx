/** Every setting of a context beside its message, recipe and budget. An empty field leaves it to the recipe. */
import { useQuery } from '@tanstack/react-query';
import { arms } from '@vivim/contract/arm-names';
import { sourceNames, sources } from '@vivim/contract/conversation-words';
import type { Recipe } from '@vivim/contract/recipe';
import { bundleFormats } from '@vivim/contract/recipe-words';
import { tokenizerNames } from '@vivim/contract/tokenizer-names';
import {
  type ContextAddress,
  depths,
  joined,
  listOf,
  weightedLayers,
  weightsOf,
  weightsText,
} from '../../api/context-address.ts';
import { projectsQuery } from '../../api/queries.ts';
import { number } from '../../count.ts';
import { strings } from '../../strings.ts';
import { LabelledSelect } from '../kit/labelled-select.tsx';

const words = strings.context;
export type Change = (more: { [K in keyof ContextAddress]: ContextAddress[K] | undefined }) => void;

interface Props {
  draft: ContextAddress;
  recipe: Recipe | undefined;
  onChange: Change;
}

const filled = (value: string): string | undefined => (value === '' ? undefined : value);
const counted = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);

/** Some of many, folded: what is chosen is said above it. */
function Several(props: {
  label: string;
  chosen: readonly string[];
  options: readonly (readonly [string, string])[];
  onChange: (chosen: readonly string[]) => void;
}) {
  const { label, chosen, options, onChange } = props;
  return (
    <details className="several">
      <summary>
        <b>{label}</b>: {words.sourcesChosen(chosen.length)}
      </summary>
      <fieldset className="ticks">
        <legend className="visually-hidden">{label}</legend>
        {options.map(([id, name]) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={({ target }) => onChange(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
            />
            {name}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

function Weights({ draft, recipe, onChange }: Props) {
  const own = weightsOf(draft.weights);
  return (
    <fieldset className="weights">
      <legend>{words.weights}</legend>
      <small>{words.weightsHelp}</small>
      {weightedLayers.map((layer) => {
        const usual = recipe?.settings.weights?.[layer] ?? 1;
        const value = own[layer] ?? usual;
        return (
          <label key={layer}>
            <span>
              <i className={`swatch layer-${layer}`} aria-hidden="true" />
              {words.layers[layer]}
            </span>
            <input
              type="range"
              min={0}
              max={3}
              step={0.1}
              value={value}
              aria-label={words.weightOf(words.layers[layer])}
              onChange={({ target }) => {
                const next = Math.round(target.valueAsNumber * 10) / 10;
                onChange({ weights: weightsText({ ...own, [layer]: next === usual ? undefined : next }) });
              }}
            />
            <output>{number(value)}</output>
          </label>
        );
      })}
    </fieldset>
  );
}

export function SettingsFields({ draft, recipe, onChange }: Props) {
  const projects = useQuery(projectsQuery);
  const usual = words.asRecipe;
  const named = sources.map((source) => [source, sourceNames[source]] as const);
  return (
    <div className="settings-fields">
      <LabelledSelect
        className="field"
        label={words.format}
        value={draft.format}
        none={usual}
        options={bundleFormats.map((one) => [one, words.formats[one]] as const)}
        onChange={(format) => onChange({ format })}
      />
      <LabelledSelect
        className="field"
        label={words.depth}
        value={draft.depth}
        none={usual}
        options={depths.map((one) => [one, words.depths[one]] as const)}
        onChange={(depth) => onChange({ depth })}
      />
      <label className="field">
        <span>{words.model}</span>
        <input
          value={draft.model ?? ''}
          maxLength={100}
          placeholder={recipe?.settings.model ?? ''}
          onChange={({ target }) => onChange({ model: filled(target.value) })}
        />
        <small>{words.modelHelp}</small>
      </label>
      <LabelledSelect
        className="field"
        label={words.tokenizerLabel}
        value={draft.tokenizer}
        none={words.byModel}
        options={tokenizerNames.map((one) => [one, one] as const)}
        onChange={(tokenizer) => onChange({ tokenizer })}
      />
      <label className="field">
        <span>{words.longest}</span>
        <input
          type="number"
          min={80}
          max={100_000}
          value={draft.longest ?? ''}
          onChange={({ target }) => onChange({ longest: counted(target.valueAsNumber) })}
        />
        <small>{words.longestHelp}</small>
      </label>
      <label className="field">
        <span>{words.memories}</span>
        <input
          type="number"
          min={0}
          max={1_000}
          value={draft.memories ?? ''}
          onChange={({ target }) => onChange({ memories: counted(target.valueAsNumber) })}
        />
        <small>{words.memoriesHelp}</small>
      </label>
      <label className="field">
        <span>{words.asOf}</span>
        <input
          type="date"
          value={draft.asOf ?? ''}
          onChange={({ target }) => onChange({ asOf: filled(target.value) })}
        />
      </label>
      <LabelledSelect
        className="field"
        label={words.live}
        value={draft.live}
        none={words.liveChoices.usual}
        options={[
          ['no', words.liveChoices.no],
          ['yes', words.liveChoices.yes],
        ]}
        onChange={(live) => onChange({ live })}
      />
      <LabelledSelect
        className="field"
        label={words.project}
        value={draft.project}
        none={words.noProject}
        options={(projects.data?.items ?? []).map(({ id, name }) => [id as string, name ?? id] as const)}
        onChange={(project) => onChange({ project })}
      />
      <label className="field wide">
        <span>{words.persona}</span>
        <textarea
          rows={2}
          maxLength={4_000}
          value={draft.persona ?? ''}
          placeholder={recipe?.settings.persona ?? ''}
          onChange={({ target }) => onChange({ persona: filled(target.value) })}
        />
        <small>{words.personaHelp}</small>
      </label>
      <Weights draft={draft} recipe={recipe} onChange={onChange} />
      <div className="wide several-row">
        <Several
          label={words.only}
          chosen={listOf(draft.only)}
          options={named}
          onChange={(chosen) => onChange({ only: joined(chosen) })}
        />
        <Several
          label={words.except}
          chosen={listOf(draft.except)}
          options={named}
          onChange={(chosen) => onChange({ except: joined(chosen) })}
        />
        <Several
          label={words.without}
          chosen={arms.filter((arm) => !listOf(draft.without).includes(arm))}
          options={arms.map((arm) => [arm, strings.arms[arm]] as const)}
          onChange={(chosen) => onChange({ without: joined(arms.filter((arm) => !chosen.includes(arm))) })}
        />
      </div>
      <button
        type="button"
        className="quiet"
        onClick={() =>
          onChange(
            Object.fromEntries(
              Object.keys(draft)
                .filter((key) => !['q', 'recipe', 'conversation', 'vs', 'out', 'pin'].includes(key))
                .map((key) => [key, undefined]),
            ) as Parameters<Change>[0],
          )
        }
      >
        {words.reset}
      </button>
    </div>
  );
}
