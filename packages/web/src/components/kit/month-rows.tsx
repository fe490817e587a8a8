/** Rows of a table of messages by month: what a drawing shows, for whoever reads figures. */
import { number } from '../../count.ts';
import { monthName } from '../../format.ts';
import type { Month } from '../../timeline-months.ts';

export const MonthRows = ({ months }: { months: readonly Month[] }) => (
  <tbody>
    {months.map(({ month, messages }) => (
      <tr key={month}>
        <th scope="row">{monthName(month)}</th>
        <td>{number(messages)}</td>
      </tr>
    ))}
  </tbody>
);
