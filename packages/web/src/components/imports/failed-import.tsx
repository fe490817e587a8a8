/** An import that came to nothing: why, what can be done, how its file begins, and the way to try it as something else. */
import { errorCodes } from '@vivim/contract/errors';
import type { ImportRun } from '@vivim/contract/imports';
import { detailBeside } from '../../said-by-code.ts';
import { strings } from '../../strings.ts';
import { ImportAgain } from './import-again.tsx';
import { SourceGuide } from './source-guide.tsx';

const words = strings.import.failed;

type Told = keyof typeof words.next;
const isTold = (code: string): code is Told => Object.hasOwn(words.next, code);

export function FailedImport({ run }: { run: ImportRun }) {
  const { error, begins } = run;
  if (error === null) return null;
  const code = errorCodes.find((known) => known === error.code);
  const detail = detailBeside(error.code, error.detail);
  return (
    <>
      <div className="problem" role="alert">
        {code !== undefined && <p className="problem-title">{strings.errors[code]}</p>}
        {detail !== null && <p lang="en">{detail}</p>}
        <p>{code !== undefined && isTold(code) ? words.next[code] : words.otherwise}</p>
        <p className="code-name">{error.code}</p>
      </div>
      {begins != null && (
        <section aria-label={words.begins}>
          <h2>{words.begins}</h2>
          <pre className="verbatim begins" dir="auto">
            <code>{begins.join('\n')}</code>
          </pre>
        </section>
      )}
      <section aria-label={words.again}>
        <h2>{words.again}</h2>
        <ImportAgain run={run} />
      </section>
      <SourceGuide />
    </>
  );
}
