/** How another device comes in: the address to open there, which carries the account's public name. */
import { useMe } from '../../hooks/use-me.ts';
import { strings } from '../../strings.ts';
import { CopyButton } from '../kit/copy-button.tsx';

const words = strings.devices;

export function AddDevice() {
  const did = useMe()?.dids[0];
  if (did === undefined) return null;
  const link = `${location.origin}/join?account=${encodeURIComponent(did)}`;
  return (
    <div className="form">
      <p>
        {words.addText}{' '}
        <code>
          npx vivim devices join --server {location.origin} --account {did}
        </code>
      </p>
      <label className="field">
        <span>{words.addLink}</span>
        <input type="text" readOnly value={link} onFocus={(event) => event.target.select()} />
      </label>
      <div className="actions">
        <CopyButton text={link} label={words.copyLink} />
        <CopyButton text={did} label={words.copyDid} />
      </div>
    </div>
  );
}
