/** A watcher as a service of the system's: the file that says so, for systemd and for launchd. Pure: words in, text out. */

export interface ServiceWords {
  readonly profile: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** What a service is called; two profiles are two services. */
export const serviceName = (profile: string): string => `vivim-watch-${profile}`;
export const launchdLabel = (profile: string): string => `org.vivim.watch.${profile}`;

/** Exit codes after which starting again is of no use: wrong options, and being let in no more. */
const notAgain = [2, 3];

/**
 * A unit for `systemd --user`.
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html ("Command lines") and systemd.syntax(7)
 */
export function systemdUnit({ profile, command, environment }: ServiceWords): string {
  const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&').replaceAll('%', '%%')}"`;
  // A dollar begins a variable in commands, and nothing in assignments.
  const words = command.map((word) => quoted(word).replaceAll('$', '$$$$'));
  return [
    '[Unit]',
    `Description=VIVIM keeps up with the AI programs of this account (${profile})`,
    '',
    '[Service]',
    `ExecStart=${words.join(' ')}`,
    ...Object.entries(environment).map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}`),
    'Restart=on-failure',
    'RestartSec=30',
    `RestartPreventExitStatus=${notAgain.join(' ')}`,
    'Nice=10',
    'NoNewPrivileges=yes',
    '',
    '[Install]',
    'WantedBy=default.target',
    '',
  ].join('\n');
}

/**
 * A property list for launchd, of an agent of one user.
 * @see launchd.plist(5)
 */
export function launchdList({ profile, command, environment }: ServiceWords): string {
  const text = (value: string): string =>
    `<string>${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</string>`;
  const pairs = Object.entries(environment).map(([name, value]) => `    <key>${name}</key>${text(value)}`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0">',
    '<dict>',
    `  <key>Label</key>${text(launchdLabel(profile))}`,
    '  <key>ProgramArguments</key>',
    '  <array>',
    ...command.map((word) => `    ${text(word)}`),
    '  </array>',
    '  <key>EnvironmentVariables</key>',
    '  <dict>',
    ...pairs,
    '  </dict>',
    '  <key>RunAtLoad</key><true/>',
    // It has no list of exit codes; a watcher that is let in no more is started again this seldom (seconds).
    '  <key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>',
    '  <key>ThrottleInterval</key><integer>300</integer>',
    '  <key>ProcessType</key><string>Background</string>',
    '</dict>',
    '</plist>',
    '',
  ].join('\n');
}
