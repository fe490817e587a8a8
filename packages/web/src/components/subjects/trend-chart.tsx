/** Messages by month as bars, drawn here because a library would weigh more than the page. The figures stand in a table beneath. */
import { number } from '../../count.ts';
import { monthName } from '../../format.ts';
import { strings } from '../../strings.ts';
import { everyMonth, type Month } from '../../timeline-months.ts';
import { MonthRows } from '../kit/month-rows.tsx';

const words = strings.subjects;
/** In units of the drawing. */
const height = 64;
const step = 10;
const gap = 2;
const least = 2;

export function TrendChart({ months }: { months: readonly Month[] }) {
  const drawn = everyMonth(months);
  const [first, last] = [drawn[0], drawn.at(-1)];
  if (first === undefined || last === undefined) return null;
  const top = drawn.reduce((most, one) => (one.messages > most.messages ? one : most), first);
  const scale = (messages: number): number =>
    messages === 0 ? 0 : Math.max(least, (height * messages) / top.messages);
  return (
    <section className="trend-chart">
      <h2>{words.chart}</h2>
      <svg
        viewBox={`0 0 ${drawn.length * step} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words.chartMost(top.messages, monthName(top.month))}
      >
        {drawn.map(({ month, messages }, at) => (
          <rect
            key={month}
            x={at * step + gap / 2}
            width={step - gap}
            y={height - scale(messages)}
            height={scale(messages)}
          >
            <title>{strings.profiles.timelineItem(monthName(month), number(messages))}</title>
          </rect>
        ))}
      </svg>
      <p className="trend-ends">
        <span>{monthName(first.month)}</span>
        <span>{words.chartMost(top.messages, monthName(top.month))}</span>
        <span>{monthName(last.month)}</span>
      </p>
      <details>
        <summary>{words.chartTable}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.chartMonth}</th>
              <th scope="col">{words.chartMessages}</th>
            </tr>
          </thead>
          <MonthRows months={drawn.filter(({ messages }) => messages > 0).toReversed()} />
        </table>
      </details>
    </section>
  );
}
