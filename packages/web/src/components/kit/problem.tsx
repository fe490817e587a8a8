/** An error as a person reads it: what went wrong, what to do, and the code to name when asking for help. */
import { AppError, errorStatus } from '@vivim/contract/errors';
import type { ReactNode } from 'react';
import { detailBeside } from '../../said-by-code.ts';
import { strings } from '../../strings.ts';

function words(error: unknown): {
  title: string;
  detail: string | null;
  /** Of the server's own sentences; those of the pages are in the language of the page. */
  detailLang?: 'en';
  code: string | null;
  traceId?: string | undefined;
} {
  if (error instanceof AppError) {
    const title = strings.errors[error.code];
    return {
      title,
      detail: detailBeside(error.code, error.message),
      detailLang: 'en',
      code: error.code,
      // The operator finds by it what its person cannot mend; of what they can it says nothing.
      traceId: errorStatus[error.code] >= 500 ? error.traceId : undefined,
    };
  }
  // fetch says TypeError for every way a server can be out of reach.
  if (error instanceof TypeError) {
    return { title: strings.problem.offlineTitle, detail: strings.problem.offlineDetail, code: null };
  }
  return { title: strings.problem.heading, detail: error instanceof Error ? error.message : null, code: null };
}

export function Problem({ error, retry, children }: { error: unknown; retry?: () => void; children?: ReactNode }) {
  const { title, detail, detailLang, code, traceId } = words(error);
  return (
    <div className="problem" role="alert">
      <p className="problem-title">{title}</p>
      {detail !== null && <p lang={detailLang}>{detail}</p>}
      {code !== null && (
        <p className="code-name">{traceId === undefined ? code : strings.problem.trace(code, traceId)}</p>
      )}
      {retry !== undefined && (
        <button type="button" onClick={retry}>
          {strings.retry}
        </button>
      )}
      {children}
    </div>
  );
}
