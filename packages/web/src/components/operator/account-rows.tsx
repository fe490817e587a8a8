/** Accounts by their ids: state, size, sessions, engine. Stopping an idle engine is all that is done here. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AdminUser } from '@vivim/contract/admin';
import { useRef } from 'react';
import { api } from '../../api/client.ts';
import { number } from '../../count.ts';
import { bytes, dayAndTime, dayInList } from '../../format.ts';
import { useMe } from '../../hooks/use-me.ts';
import { strings } from '../../strings.ts';
import { TableScroll } from '../kit/table-scroll.tsx';
import { say, sayProblem } from '../kit/toast-queue.ts';

const words = strings.operator;

/** @param stopped where the button went that was pressed */
function Engine({ user, stopped }: { user: AdminUser; stopped: () => void }) {
  const client = useQueryClient();
  const { userId, engine } = user;
  const stop = useMutation({
    mutationFn: () => api.stopEngine({ params: { id: userId } }),
    onSuccess: async () => {
      say(words.stopped(userId));
      await client.invalidateQueries({ queryKey: ['operator'] });
      stopped();
    },
    onError: sayProblem,
  });
  if (!engine.running) return words.stoppedEngine;
  return (
    <span className="engine">
      {words.running}
      {engine.pendingJobs > 0 && `, ${words.jobsOf(engine.pendingJobs)}`}
      <button
        type="button"
        className="quiet"
        disabled={stop.isPending}
        aria-label={words.stopLabel(userId)}
        onClick={() => stop.mutate()}
      >
        {words.stop}
      </button>
    </span>
  );
}

function AccountRow({ user }: { user: AdminUser }) {
  const own = useMe()?.userId;
  const name = useRef<HTMLTableCellElement>(null);
  return (
    <tr>
      <th scope="row" ref={name} tabIndex={-1}>
        <code>{user.userId}</code> {user.userId === own && <span className="chip">{words.yours}</span>}
      </th>
      <td>{words.status[user.status]}</td>
      <td title={dayAndTime(user.lastSeenAt)}>{dayInList(user.lastSeenAt)}</td>
      <td>{words.sizeOf(bytes(user.diskBytes), bytes(user.quotaBytes))}</td>
      <td>{number(user.sessions)}</td>
      <td>
        <Engine user={user} stopped={() => name.current?.focus()} />
      </td>
    </tr>
  );
}

export function AccountRows({ accounts }: { accounts: readonly AdminUser[] }) {
  const { columns } = words;
  return (
    <TableScroll label={words.people}>
      <table className="figures list accounts">
        <thead>
          <tr>
            {(Object.keys(columns) as (keyof typeof columns)[]).map((name) => (
              <th key={name}>{columns[name]}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {accounts.map((user) => (
            <AccountRow key={user.userId} user={user} />
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
