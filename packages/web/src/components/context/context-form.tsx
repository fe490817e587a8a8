/** The question a bundle is compiled for, with its budget and shape. Plain fields; the page keeps the answer. */

import type { ConversationId } from '@vivim/contract/ids';
import { type BundleFormat, budgetLimits, bundleFormats, type Depth } from '@vivim/contract/recipe';
import { type FormEvent, useState } from 'react';
import { number } from '../../count.ts';
import type { ContextInput } from '../../hooks/use-bundle.ts';
import { useTyping } from '../../hooks/use-presence.ts';
import { strings } from '../../strings.ts';

const depths = ['minimal', 'standard', 'deep'] as const satisfies readonly Depth[];

interface Props {
  /** What the form held when it was last sent. */
  before: ContextInput | undefined;
  conversationId: string | undefined;
  busy: boolean;
  onCompile: (input: ContextInput) => void;
}

export function ContextForm({ before, conversationId, busy, onCompile }: Props) {
  const [query, setQuery] = useState(before?.query ?? '');
  const [budget, setBudget] = useState<number>(before?.budget ?? budgetLimits.default);
  const [format, setFormat] = useState<BundleFormat>(before?.format ?? 'markdown');
  const [depth, setDepth] = useState<Depth>(before?.depth ?? 'standard');
  useTyping(query === before?.query ? '' : query, conversationId);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const continued = conversationId === undefined ? {} : { conversationId: conversationId as ConversationId };
    onCompile({ query, budget, format, depth, ...continued });
  };
  return (
    <form className="card context-form" onSubmit={submit}>
      <label className="field wide">
        <span>{strings.context.query}</span>
        <textarea
          required
          rows={3}
          maxLength={100_000}
          value={query}
          placeholder={strings.context.placeholder}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.form?.requestSubmit();
          }}
        />
      </label>
      <label className="field">
        <span>{strings.context.budget}</span>
        <input
          type="number"
          required
          min={budgetLimits.min}
          max={budgetLimits.max}
          step={1}
          value={Number.isNaN(budget) ? '' : budget}
          aria-describedby="budget-help"
          onChange={(event) => setBudget(event.target.valueAsNumber)}
        />
        <small id="budget-help">{strings.context.budgetHelp(number(budgetLimits.min), number(budgetLimits.max))}</small>
      </label>
      <label className="field">
        <span>{strings.context.format}</span>
        <select
          value={format}
          onChange={(event) => setFormat(bundleFormats.find((one) => one === event.target.value) ?? format)}
        >
          {bundleFormats.map((one) => (
            <option key={one} value={one}>
              {strings.context.formats[one]}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{strings.context.depth}</span>
        <select value={depth} onChange={(event) => setDepth(depths.find((one) => one === event.target.value) ?? depth)}>
          {depths.map((one) => (
            <option key={one} value={one}>
              {strings.context.depths[one]}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="primary" disabled={busy}>
        {busy ? strings.context.compiling : strings.context.compile}
      </button>
    </form>
  );
}
