/** A compiled bundle: what it took, its lines, its very text, where its tokens went and what was left out. */
import type { Recipe } from '@vivim/contract/recipe';
import { useState } from 'react';
import type { ContextAddress } from '../../api/context-address.ts';
import { number } from '../../count.ts';
import { milliseconds } from '../../format.ts';
import type { Compiled } from '../../hooks/use-bundle.ts';
import { useLineActs } from '../../hooks/use-line-acts.ts';
import { strings } from '../../strings.ts';
import { CopyButton } from '../kit/copy-button.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { BundleText } from './bundle-text.tsx';
import { Changed } from './changed.tsx';
import { CopyAs } from './copy-as.tsx';
import { LeftOut } from './left-out.tsx';
import { differenceOf, lineKey } from './line-key.ts';
import { LineList } from './line-list.tsx';
import { SaveRecipe } from './save-recipe.tsx';
import { LayerBar, TokenTable } from './token-bar.tsx';

const words = strings.context;
type View = 'lines' | 'text' | 'tokens' | 'left';

interface Props {
  compiled: Compiled;
  before: Compiled | null;
  address: ContextAddress;
  recipes: readonly Recipe[];
  go: (address: ContextAddress) => void;
}

export function BundleView({ compiled, before, address, recipes, go }: Props) {
  const { bundle } = compiled;
  const [view, setView] = useState<View>('lines');
  const acts = useLineActs(address, go);
  const difference = before === null ? null : differenceOf(before.bundle, bundle);
  const came = new Set((difference?.came ?? []).map(lineKey));
  const total = bundle.timings.total ?? Object.values(bundle.timings).reduce((sum, ms) => sum + ms, 0);
  const left = bundle.omitted.reduce((sum, { count = 1 }) => sum + count, 0);
  const lead = (ref: string): void => {
    setView('lines');
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`#line-${ref} a`)?.focus());
  };
  return (
    <div className="bundle">
      <div className="bundle-head">
        <h2>{words.resultTitle}</h2>
        <p className="meta">
          <b>{words.used(number(bundle.tokens), number(bundle.budget))}</b>
          <span>{words.tokenizer(bundle.tokenizer)}</span>
          <span>{words.took(milliseconds(total))}</span>
        </p>
        <div className="bundle-acts">
          <SaveRecipe address={address} recipes={recipes} go={go} />
          <CopyAs compiled={compiled} />
          <CopyButton primary text={bundle.text} label={words.copyBundle} />
        </div>
      </div>
      <LayerBar layers={bundle.layers} budget={bundle.budget} />
      <Changed difference={difference} address={address} go={go} />
      <Tabs
        label={words.views.label}
        value={view}
        onChange={setView}
        tabs={[
          {
            id: 'lines',
            label: `${words.views.lines} ${number(bundle.citations.length)}`,
            content: <LineList compiled={compiled} came={came} acts={acts} />,
          },
          {
            id: 'text',
            label: words.views.text,
            content: (
              <BundleText text={bundle.text} format={bundle.format} lines={bundle.citations.length} onMark={lead} />
            ),
          },
          { id: 'tokens', label: words.views.tokens, content: <TokenTable bundle={bundle} /> },
          {
            id: 'left',
            label: `${words.views.left} ${number(left)}`,
            content: <LeftOut bundle={bundle} />,
          },
        ]}
      />
    </div>
  );
}
