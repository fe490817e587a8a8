/** One device: what it is called, where it was last, renaming it, shutting it out. */
import type { Device } from '@vivim/contract/devices';
import { type SealingKey, sealName } from '@vivim/contract/sealing';
import { type FormEvent, type RefObject, useState } from 'react';
import { api } from '../../api/client.ts';
import { shutOut } from '../../api/shut-out.ts';
import type { Named } from '../../api/space-key.ts';
import { day, dayAndTime } from '../../format.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { usePanelFocus } from '../../hooks/use-panel-focus.ts';
import { strings } from '../../strings.ts';
import { Confirm } from '../kit/confirm.tsx';
import { Problem } from '../kit/problem.tsx';
import { DeviceNameField } from './device-name-field.tsx';
import { SignOnPaper } from './sign-on-paper.tsx';

const words = strings.devices;

interface Props {
  device: Named<Device>;
  letInBy: string | null;
  /** Null where names are sealed. */
  nameKey: SealingKey | null;
  /** Its key is stronger than the one that would sign here. */
  stronger: boolean;
  /** There is a recovery key. */
  paper: boolean;
}

function Facts({ device, letInBy }: Pick<Props, 'device' | 'letInBy'>) {
  const seen = device.lastSeenAt;
  return (
    <p className="meta">
      <span>{words.platforms[device.platform]}</span>
      {device.current ? (
        <span>{words.inUse}</span>
      ) : (
        seen !== null && <span>{words.lastSeen(dayAndTime(seen), device.lastNetwork)}</span>
      )}
      <span>{words.since(day(device.createdAt))}</span>
      {letInBy !== null && <span dir="auto">{words.letInBy(letInBy)}</span>}
      {device.encKid === null && <span>{words.opensNothing}</span>}
    </p>
  );
}

interface RenameProps {
  device: Named<Device>;
  nameKey: SealingKey;
  panel: RefObject<HTMLFormElement | null>;
  onDone: () => void;
}

function Rename({ device, nameKey, panel, onDone }: RenameProps) {
  const [name, setName] = useState(device.name ?? '');
  const save = useAccountAction(async () => {
    const nameCt = await sealName(nameKey, name.trim(), device.id);
    await api.updateDevice({ params: { id: device.id }, body: { nameCt } });
  }, onDone);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== '') save.mutate();
  };
  return (
    <form className="form" onSubmit={submit} ref={panel}>
      <DeviceNameField label={words.newName} name={name} onName={setName} />
      {save.error !== null && <Problem error={save.error} />}
      <div className="actions">
        <button type="submit" className="primary" disabled={save.isPending}>
          {words.save}
        </button>
        <button type="button" onClick={onDone}>
          {strings.cancel}
        </button>
      </div>
    </form>
  );
}

function ShutOut({ device, stronger, paper, name }: Pick<Props, 'device' | 'stronger' | 'paper'> & { name: string }) {
  const [onPaper, setOnPaper] = useState(false);
  const { trigger, panel } = usePanelFocus<HTMLFormElement>(onPaper);
  const out = useAccountAction(() => shutOut(device));
  if (stronger && onPaper)
    return (
      <SignOnPaper
        text={words.stronger}
        label={words.strongerWords}
        action={words.shutOutConfirm}
        act={(signer) => shutOut(device, signer)}
        onCancel={() => setOnPaper(false)}
        panel={panel}
      />
    );
  if (stronger)
    return (
      <div>
        <button
          ref={trigger}
          type="button"
          className="quiet"
          disabled={!paper}
          aria-label={words.shutOutLabel(name)}
          onClick={() => setOnPaper(true)}
        >
          {words.shutOut}
        </button>
        {!paper && <p className="note">{words.strongerNoPaper}</p>}
      </div>
    );
  return (
    <>
      <Confirm
        label={words.shutOut}
        name={words.shutOutLabel(name)}
        warning={words.shutOutWarning}
        confirm={words.shutOutConfirm}
        busy={out.isPending}
        quiet
        onConfirm={() => out.mutate()}
      />
      {out.error !== null && <Problem error={out.error} />}
    </>
  );
}

export function DeviceCard({ device, letInBy, nameKey, stronger, paper }: Props) {
  const [renaming, setRenaming] = useState(false);
  const { trigger, panel } = usePanelFocus<HTMLFormElement>(renaming);
  const name = device.name ?? words.unnamed;
  return (
    <li className="card thing">
      <div>
        <p className="thing-title">
          <span dir="auto">{name}</span>
          {device.current && <span className="chip running">{words.currentDevice}</span>}
        </p>
        <Facts device={device} letInBy={letInBy} />
      </div>
      {renaming && nameKey !== null ? (
        <Rename device={device} nameKey={nameKey} panel={panel} onDone={() => setRenaming(false)} />
      ) : (
        <div className="thing-actions">
          {nameKey !== null && (
            <button
              ref={trigger}
              type="button"
              className="quiet"
              aria-label={words.renameLabel(name)}
              onClick={() => setRenaming(true)}
            >
              {words.rename}
            </button>
          )}
          {!device.current && <ShutOut device={device} stronger={stronger} paper={paper} name={name} />}
        </div>
      )}
    </li>
  );
}
