/** A name for a device, a passkey or a token: short, and sealed before it leaves the page. */
interface Props {
  label: string;
  name: string;
  placeholder?: string;
  onName: (name: string) => void;
}

export function DeviceNameField({ label, name, placeholder, onName }: Props) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        type="text"
        maxLength={60}
        autoComplete="off"
        value={name}
        {...(placeholder === undefined ? {} : { placeholder })}
        onChange={(event) => onName(event.target.value)}
      />
    </label>
  );
}
