/** Copies a text and says that it did. */
import { useEffect, useState } from 'react';
import { strings } from '../../strings.ts';

export function CopyButton({
  text,
  label = strings.copy,
  primary = false,
}: {
  text: string;
  label?: string;
  primary?: boolean;
}) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state !== 'copied') return;
    const timer = setTimeout(() => setState('idle'), 2_500);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = (): void => {
    const done = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    done.then(
      () => setState('copied'),
      () => setState('failed'),
    );
  };
  return (
    <span className="copy">
      <button type="button" className={primary ? 'primary' : ''} onClick={copy}>
        {state === 'copied' ? strings.copied : label}
      </button>
      <span className={state === 'failed' ? 'note' : 'visually-hidden'} role="status">
        {state === 'copied' ? strings.copied : state === 'failed' ? strings.copyFailed : ''}
      </span>
    </span>
  );
}
