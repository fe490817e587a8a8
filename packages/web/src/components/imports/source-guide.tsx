/** Where a person gets their export: a source is chosen, and the guide says the rest. Closed until somebody asks. */
import type { ImportSource } from '@vivim/contract/imports';
import { lazy, Suspense, useState } from 'react';
import { strings } from '../../strings.ts';
import { Skeleton } from '../kit/skeleton.tsx';
import { SourceSelect } from './source-select.tsx';

const SourceGuideText = lazy(() => import('./source-guide-text.tsx'));

const words = strings.import.guide;

/** @param first the source that is shown at first */
export function SourceGuide({ first = 'chatgpt', open = false }: { first?: ImportSource; open?: boolean }) {
  const [source, setSource] = useState<ImportSource>(first);
  const [isOpen, setOpen] = useState(open);
  return (
    <details className="card source-guide" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.title}</summary>
      {isOpen && (
        <>
          <SourceSelect label={words.from} value={source} onChange={(chosen) => setSource(chosen ?? first)} />
          <Suspense fallback={<Skeleton count={3} />}>
            <SourceGuideText source={source} />
          </Suspense>
        </>
      )}
    </details>
  );
}
