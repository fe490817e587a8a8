/** A page whose subject could not be had. A foreign thing and an unknown one look the same here too. */

import { Link } from '@tanstack/react-router';
import { AppError } from '@vivim/contract/errors';
import { strings } from '../../strings.ts';
import { PageHeader } from './page-header.tsx';
import { Problem } from './problem.tsx';

export function ProblemPage({ error, retry }: { error: unknown; retry?: () => void }) {
  const missing = error instanceof AppError && ['not_found', 'request_invalid', 'path_invalid'].includes(error.code);
  return (
    <>
      <PageHeader title={missing ? strings.problem.notFound : strings.problem.heading} />
      <Problem error={missing ? new AppError('not_found') : error} {...(retry && !missing ? { retry } : {})} />
      <p>
        <Link to="/">{strings.problem.goHome}</Link>
      </p>
    </>
  );
}
