/** Takes a service of a person's away, after saying what goes with it. */
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { Confirm } from '../kit/confirm.tsx';
import { Problem } from '../kit/problem.tsx';

interface Said {
  readonly remove: string;
  readonly removeLabel: (name: string) => string;
  readonly removeWarning: (name: string) => string;
  readonly removeConfirm: string;
}

/** @param said the words for this sort of service */
export function RemoveService({ name, said, remove }: { name: string; said: Said; remove: () => Promise<unknown> }) {
  const removing = useAccountAction(remove);
  return (
    <>
      <Confirm
        quiet
        label={said.remove}
        name={said.removeLabel(name)}
        warning={said.removeWarning(name)}
        confirm={said.removeConfirm}
        busy={removing.isPending}
        onConfirm={() => removing.mutate()}
      />
      {removing.error !== null && <Problem error={removing.error} />}
    </>
  );
}
