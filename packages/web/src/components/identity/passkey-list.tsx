/** A person's passkeys: what each can do, when it was used, and taking it away. */
import { useQuery } from '@tanstack/react-query';
import type { Passkey } from '@vivim/contract/passkeys';
import { passkeysQuery } from '../../api/identity-queries.ts';
import type { Named } from '../../api/space-key.ts';
import { day, dayAndTime } from '../../format.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { strings } from '../../strings.ts';
import { Confirm } from '../kit/confirm.tsx';
import { Problem } from '../kit/problem.tsx';
import { Skeleton } from '../kit/skeleton.tsx';

const words = strings.access;

function Row({ passkey }: { passkey: Named<Passkey> }) {
  const name = passkey.name ?? words.unnamed;
  const remove = useAccountAction(async () => {
    const { removePasskey } = await import('../../api/passkeys.ts');
    await removePasskey(passkey);
  });
  return (
    <li className="card thing">
      <div>
        <p className="thing-title" dir="auto">
          {name}
        </p>
        <p className="meta">
          <span>{passkey.opensSpace ? words.opens : words.signsOnly}</span>
          <span>{strings.devices.since(day(passkey.createdAt))}</span>
          <span>{passkey.lastUsedAt === null ? words.neverUsed : words.lastUsed(dayAndTime(passkey.lastUsedAt))}</span>
          {passkey.backedUp && <span>{words.backedUp}</span>}
        </p>
      </div>
      <Confirm
        label={words.remove}
        name={words.removeLabel(name)}
        warning={words.removeWarning}
        confirm={words.removeConfirm}
        busy={remove.isPending}
        quiet
        onConfirm={() => remove.mutate()}
      />
      {remove.error !== null && <Problem error={remove.error} />}
    </li>
  );
}

export function PasskeyList() {
  const passkeys = useQuery(passkeysQuery);
  if (passkeys.error !== null) return <Problem error={passkeys.error} retry={() => void passkeys.refetch()} />;
  if (passkeys.data === undefined) return <Skeleton />;
  if (passkeys.data.length === 0) return <p className="note">{words.passkeysNone}</p>;
  return (
    <ul className="stack">
      {passkeys.data.map((passkey) => (
        <Row key={passkey.id} passkey={passkey} />
      ))}
    </ul>
  );
}
