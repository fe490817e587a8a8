/** After the first sign-in: a second way in, chosen and made here, and plainly what is lost without one. It can be put off. */
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { AddDevice } from '../components/identity/add-device.tsx';
import { DeviceRequests } from '../components/identity/device-requests.tsx';
import { PasskeyForm } from '../components/identity/passkey-form.tsx';
import { RecoveryKeyFlow } from '../components/identity/recovery-key-flow.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { useMe } from '../hooks/use-me.ts';
import { strings } from '../strings.ts';

const words = strings.welcome;
type Way = 'paper' | 'passkey' | 'device';
const ways = [
  ['paper', words.paper, words.paperText],
  ['passkey', words.passkey, words.passkeyText],
  ['device', words.device, words.deviceText],
] as const satisfies readonly (readonly [Way, string, string])[];

function Choice({ onChoose }: { onChoose: (way: Way) => void }) {
  return (
    <>
      <section className="about">
        <h2>{words.lost}</h2>
        <p>{words.lostText}</p>
      </section>
      <ul className="card ways">
        {ways.map(([way, title, text]) => (
          <li key={way}>
            <div>
              <h2>{title}</h2>
              <p className="note">{text}</p>
            </div>
            <button
              type="button"
              className={way === 'paper' ? 'primary' : ''}
              aria-label={`${words.choose}: ${title}`}
              onClick={() => onChoose(way)}
            >
              {words.choose}
            </button>
          </li>
        ))}
      </ul>
      <p className="note later">
        <Link to="/" className="button">
          {words.notNow}
        </Link>
        <span>{words.notNowText}</span>
      </p>
    </>
  );
}

function Making({ way, onBack }: { way: Way; onBack: () => void }) {
  if (way === 'paper') return <RecoveryKeyFlow onDone={onBack} onCancel={onBack} />;
  return (
    <>
      <section className="card form">
        <h2>{way === 'passkey' ? words.passkey : words.device}</h2>
        {way === 'passkey' ? <PasskeyForm onAdded={onBack} /> : <AddDevice />}
      </section>
      {way === 'device' && <DeviceRequests />}
      <button type="button" className="quiet" onClick={onBack}>
        {words.back}
      </button>
    </>
  );
}

export function WelcomePage(): ReactNode {
  const me = useMe();
  const [way, setWay] = useState<Way | null>(null);
  if (me === null) return <Skeleton />;
  if (me.access.safe)
    return (
      <div className="door">
        <PageHeader title={words.done} lead={words.doneText} />
        <p role="status">
          <Link to="/" className="button primary">
            {words.goOn}
          </Link>
        </p>
      </div>
    );
  return (
    <div className="door">
      <PageHeader title={words.title} lead={words.lead} />
      {way === null ? <Choice onChoose={setWay} /> : <Making way={way} onBack={() => setWay(null)} />}
    </div>
  );
}
