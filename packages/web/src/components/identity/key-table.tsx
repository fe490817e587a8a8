/** The live keys of an account, by the beginnings of their thumbprints. */
import { useQuery } from '@tanstack/react-query';
import type { KeyInfo } from '@vivim/contract/account';
import { devicesQuery } from '../../api/identity-queries.ts';
import { day } from '../../format.ts';
import { strings } from '../../strings.ts';
import { TableScroll } from '../kit/table-scroll.tsx';

const words = strings.access;

export function KeyTable({ keys }: { keys: readonly KeyInfo[] }) {
  const devices = useQuery(devicesQuery).data ?? [];
  const nameOf = ({ deviceId }: KeyInfo): string | null => devices.find(({ id }) => id === deviceId)?.name ?? null;
  return (
    <TableScroll>
      <table className="figures list">
        <thead>
          <tr>
            <th scope="col">{words.kid}</th>
            <th scope="col">{words.purpose}</th>
            <th scope="col">{words.since}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.kid}>
              <th scope="row">
                <code title={key.kid}>{key.kid.slice(0, 10)}</code>
              </th>
              <td dir="auto">
                {[words.purposes[key.purpose], nameOf(key)].filter((part) => part !== null).join(' · ')}
              </td>
              <td>{day(key.addedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
