/** A page whose subject could not be had. A foreign thing and an unknown one look the same here too. */

import { Link } from '@tanstack/react-router';
import { AppError } from '@vivim/contract/errors';
import { strings } from '../../strings.ts';
import { PageHeader } from './page-header.tsx';
import { Problem } from './problem.tsx';

export function ProblemPage({ error, retry }: { error: unknown; retry?: () => void }) {
  const missing = error instanceof AppError && ['not_found', 'request_invalid', 'path_invalid'].includes(error.code);
  // Nothing failed: it is told calmly, with where it may be found.
  if (missing)
    return (
      <>
        <PageHeader title={strings.problem.notFound} />
        <p role="alert">{strings.problem.notFoundText}</p>
        <p className="actions">
          <Link to="/search" className="button">
            {strings.nav.search}
          </Link>
          <Link to="/" className="button">
            {strings.problem.goHome}
          </Link>
        </p>
      </>
    );
  return (
    <>
      <PageHeader title={strings.problem.heading} />
      <Problem error={error} {...(retry ? { retry } : {})} />
      <p>
        <Link to="/">{strings.problem.goHome}</Link>
      </p>
    </>
  );
}
