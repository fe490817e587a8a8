/** What stands in the place of every page of the space while it is locked and this browser does not open it by itself. */
import type { ReactNode } from 'react';
import { unlockSpace } from '../../api/unlock-space.ts';
import { strings } from '../../strings.ts';
import { PageHeader } from '../kit/page-header.tsx';
import { OpenSpace } from './open-space.tsx';

const words = strings.sealed;

/** Pages that show something of the account, and nothing of the space. */
export const worksLocked = (page: string): boolean =>
  /^\/(identity|operator|docs|welcome|connect|join|recover|unlock|erased)(\/|$)/.test(page);

export function LockedSpace(): ReactNode {
  return (
    <>
      <PageHeader title={words.lockedTitle} lead={words.lockedLead} />
      <section className="card form">
        <p>{words.lockedText}</p>
        <OpenSpace label={words.unlock} act={unlockSpace} />
      </section>
    </>
  );
}
