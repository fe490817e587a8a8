/** A year of conversations as a calendar of days. What is seen in shades is a table of months for who cannot see it. */
import { useQuery } from '@tanstack/react-query';
import { monthsOf, weeksOf } from '../../activity-grid.ts';
import { activityQuery } from '../../api/home-queries.ts';
import { day, monthShort } from '../../format.ts';
import { strings } from '../../strings.ts';
import { MonthRows } from '../kit/month-rows.tsx';
import { Problem } from '../kit/problem.tsx';
import { Skeleton } from '../kit/skeleton.tsx';

const words = strings.home;

/** Where it is wider than a phone, the latest weeks are what is seen first. */
function toItsEnd(calendar: HTMLDivElement | null): void {
  if (calendar === null) return;
  const rightToLeft = getComputedStyle(calendar).direction === 'rtl';
  calendar.scrollLeft = rightToLeft ? -calendar.scrollWidth : calendar.scrollWidth;
}

export function ActivityCalendar() {
  const activity = useQuery(activityQuery);
  if (activity.error !== null) return <Problem error={activity.error} retry={() => void activity.refetch()} />;
  if (activity.data === undefined) return <Skeleton shape="cards" count={1} />;
  const weeks = weeksOf(activity.data);
  const months = monthsOf(weeks);
  const total = months.reduce((sum, { messages }) => sum + messages, 0);
  return (
    <section aria-labelledby="activity">
      <h2 id="activity">{words.activity(total)}</h2>
      <div className="activity" aria-hidden="true" ref={toItsEnd}>
        <div className="activity-months">
          {months.slice(1).map(({ month, week }) => (
            <span key={month} style={{ gridColumnStart: week + 1 }}>
              {monthShort(month)}
            </span>
          ))}
        </div>
        <div className="activity-weeks">
          {weeks.map((days) => (
            <div key={days[0]?.day} className="activity-week">
              {days.map(({ day: date, messages, level }) => (
                <span key={date} className="activity-day" data-level={level} title={words.onDay(day(date), messages)} />
              ))}
            </div>
          ))}
        </div>
      </div>
      {/* A table is as large as what is in it, whatever it is told: the page would scroll into nothing. */}
      <div className="visually-hidden">
        <table>
          <caption>{words.activityByMonth}</caption>
          <MonthRows months={months} />
        </table>
      </div>
    </section>
  );
}
