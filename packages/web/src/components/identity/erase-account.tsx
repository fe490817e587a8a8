/** Having the account erased: what goes, what stays, the receipt that outlives it, and changing one's mind until then. */
import type { Deletion, Me } from '@vivim/contract/account';
import { api } from '../../api/client.ts';
import { day } from '../../format.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { strings } from '../../strings.ts';
import { Confirm } from '../kit/confirm.tsx';
import { CopyButton } from '../kit/copy-button.tsx';
import { Problem } from '../kit/problem.tsx';
import { KeepAccount } from './keep-account.tsx';

const words = strings.account;

function Receipt({ deletion }: { deletion: Deletion }) {
  const address = `${location.origin}/erased/${deletion.receipt}`;
  return (
    <div className="card form">
      <p>{words.receiptText}</p>
      <code className="secret">{address}</code>
      <CopyButton text={address} label={words.copyReceipt} />
      <p className="note">{words.goes(deletion.erases.map((part) => words.parts[part]))}</p>
      <p className="note">{words.stays(deletion.keeps.map((part) => words.parts[part]))}</p>
    </div>
  );
}

export function EraseAccount({ me }: { me: Me }) {
  // Asked again it changes nothing and answers with the same receipt.
  const erase = useAccountAction(() => api.deleteAccount({}));
  return (
    <div className="form">
      {me.eraseAt === null ? (
        <Confirm
          label={words.deleteAction}
          warning={words.deleteWarning}
          confirm={words.deleteConfirm}
          busy={erase.isPending}
          disabled={me.frozenUntil !== null}
          onConfirm={() => erase.mutate()}
        />
      ) : (
        <>
          <p role="status">{words.deleting(day(me.eraseAt))}</p>
          {erase.data === undefined ? (
            <button type="button" disabled={erase.isPending} onClick={() => erase.mutate()}>
              {words.showReceipt}
            </button>
          ) : (
            <Receipt deletion={erase.data} />
          )}
          <KeepAccount />
        </>
      )}
      {erase.error !== null && <Problem error={erase.error} />}
    </div>
  );
}
