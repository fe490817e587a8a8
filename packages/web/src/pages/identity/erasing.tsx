/** Taking things out for good: everything of a source or of a time, and the receipts of what was erased. */
import type { ReactNode } from 'react';
import { EraseRangeForm } from '../../components/identity/erase-range.tsx';
import { ErasureReceipts } from '../../components/identity/erasure-receipts.tsx';
import { PageHeader } from '../../components/kit/page-header.tsx';
import { strings } from '../../strings.ts';
import '../../styles/you.css';

const words = strings.erasing;

export function ErasingPage(): ReactNode {
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <EraseRangeForm />
      <section>
        <h2>{words.receipts}</h2>
        <p className="note">{words.receiptsText}</p>
        <ErasureReceipts />
      </section>
    </>
  );
}
