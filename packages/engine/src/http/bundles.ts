/** Standing bundles: which there are, and one as it should be now. */
import { isoTime } from '@vivim/contract/clock';
import type { StandingBundleSummary } from '@vivim/contract/context';
import { AppError } from '@vivim/contract/errors';
import { citationOf } from '../context/quote.ts';
import type { StandingBundles } from '../context/standing-bundles.ts';
import { layerOfKind } from '../context/standing-recipes.ts';
import type { StandingBundleRow } from '../space/stores/bundle-shape.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';
import { bundleTold } from './told-to-ai.ts';

function summaryOf(row: StandingBundleRow): StandingBundleSummary {
  const { id, kind, label, version, dirty, tokens, tokenizer, hash } = row;
  const subject = row.subject === '' ? null : (row.subject as StandingBundleSummary['subject']);
  return { id, kind, subject, label, version, dirty, tokens, tokenizer, hash, compiledAt: isoTime(row.compiledMs) };
}

export const bundleHandlers = (deps: { space: UserSpace; standing: StandingBundles }) =>
  ({
    listBundles: ({ query, asker }) =>
      deps.space.read((r) => {
        const page = r.bundles.list(query);
        return { ...page, items: page.items.map(summaryOf).filter((bundle) => bundleTold(r, asker, bundle)) };
      }),
    getBundle: async ({ params, asker }) => {
      const found = deps.space.read((r) => {
        const bundle = r.bundles.byId(params.id);
        return bundle !== null && bundleTold(r, asker, summaryOf(bundle)) ? bundle : null;
      });
      const row = found === null ? null : await deps.standing.ensure(found.kind, found.subject);
      if (row === null) throw new AppError('not_found');
      const citations = row.quotes.map((quote, i) => citationOf(String(i + 1), layerOfKind[row.kind], quote));
      return { ...summaryOf(row), text: row.text, citations };
    },
  }) satisfies Handlers<'listBundles' | 'getBundle'>;
