/** Something to be copied whole: a command, a file, an address. */
import { useId } from 'react';
import { strings } from '../../strings.ts';
import { CopyButton } from '../kit/copy-button.tsx';

const words = strings.mcp;

export function Snippet({ label, into, text }: { label: string; into?: string | null; text: string }) {
  const id = useId();
  return (
    <section className="snippet" aria-labelledby={id}>
      <div className="snippet-head">
        <p>
          <span id={id}>{label}</span>
          {into != null && <code>{words.into(into)}</code>}
        </p>
        <CopyButton text={text} label={words.copy} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <pre tabIndex={0} dir="ltr">
        <code>{text}</code>
      </pre>
    </section>
  );
}
