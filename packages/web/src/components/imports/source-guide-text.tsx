/** How the export of one source is got, what comes in and what cannot: the words of the guide itself, fetched when they are looked at. */
import type { ImportSource } from '@vivim/contract/imports';
import guide from '../../../../../docs/guide/sources.md?raw';
import { sourceGuideOf } from '../../source-guide.ts';
import { strings } from '../../strings.ts';
import { Markdown } from '../kit/markdown.tsx';

const all = sourceGuideOf(guide);

export default function SourceGuideText({ source }: { source: ImportSource }) {
  const help = all.find(({ sources }) => sources.includes(source));
  if (help === undefined) return <p>{strings.import.guide.vivim}</p>;
  return (
    <dl className="source-help">
      {help.lines.map(({ name, text }) => (
        <div key={name ?? ''}>
          <dt>{name ?? strings.import.guide.about}</dt>
          <dd>
            <Markdown text={text} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
