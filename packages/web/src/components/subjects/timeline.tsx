/** Messages by month as small bars; the figures are the list's own words, so a screen reader hears them. */
import { number } from '../../count.ts';
import { monthName } from '../../format.ts';
import { strings } from '../../strings.ts';
import { everyMonth, type Month } from '../../timeline-months.ts';

export function Timeline({ months }: { months: readonly Month[] }) {
  const drawn = everyMonth(months);
  if (drawn.length === 0) return null;
  const most = Math.max(1, ...drawn.map((one) => one.messages));
  return (
    <section>
      <h2>{strings.profiles.timeline}</h2>
      <ol className="timeline">
        {drawn.map(({ month, messages }) => {
          const words = strings.profiles.timelineItem(monthName(month), number(messages));
          return (
            <li key={month} title={words}>
              <span className="visually-hidden">{words}</span>
              <i
                aria-hidden="true"
                style={{ height: `${messages === 0 ? 0 : Math.max(4, (100 * messages) / most)}%` }}
              />
            </li>
          );
        })}
      </ol>
      <p className="meta timeline-ends">
        <span>{monthName(drawn[0]?.month ?? '')}</span>
        <span>{monthName(drawn.at(-1)?.month ?? '')}</span>
      </p>
    </section>
  );
}
