/** Writes and removes the file by which the system runs a watcher of a profile. Starts and stops nothing itself: says the command. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliError } from '../cli-error.ts';
import type { Environment } from '../config/environment.ts';
import { launchdLabel, launchdList, serviceName, systemdUnit } from './service-unit.ts';

export interface Service {
  readonly file: string;
  /** What a person types next. */
  readonly next: string;
}

interface Kind {
  readonly file: string;
  readonly text: typeof systemdUnit;
  readonly start: string;
  readonly stop: string;
}

const main = fileURLToPath(import.meta.resolve('vivim/main'));

/** @throws CliError `usage` where this system has no such services */
function kindOf(environment: Environment, profile: string, platform: NodeJS.Platform): Kind {
  const name = serviceName(profile);
  if (platform === 'darwin') {
    const file = path.join(environment.home, 'Library/LaunchAgents', `${launchdLabel(profile)}.plist`);
    return {
      file,
      text: launchdList,
      start: `launchctl bootstrap gui/$(id -u) ${file}`,
      stop: `launchctl bootout gui/$(id -u)/${launchdLabel(profile)}`,
    };
  }
  if (platform === 'linux')
    return {
      file: path.join(path.dirname(environment.configDirectory), 'systemd/user', `${name}.service`),
      text: systemdUnit,
      start: `systemctl --user daemon-reload && systemctl --user enable --now ${name}`,
      stop: 'systemctl --user daemon-reload',
    };
  throw new CliError('usage', 'On this system VIVIM writes no service. Have it start: vivim watch --service');
}

/** @param args of `vivim watch`, as the service is to give them */
export function installService(
  environment: Environment,
  profile: string,
  args: readonly string[],
  platform: NodeJS.Platform = process.platform,
): Service {
  const { file, text, start } = kindOf(environment, profile, platform);
  mkdirSync(path.dirname(file), { recursive: true });
  const unit = text({
    profile,
    command: [process.execPath, main, 'watch', '--service', '--profile', profile, ...args],
    environment: {
      ...environment.programHomes,
      XDG_CONFIG_HOME: path.dirname(environment.configDirectory),
      XDG_STATE_HOME: path.dirname(environment.stateDirectory),
    },
  });
  writeFileSync(file, unit, { mode: 0o600 });
  return { file, next: start };
}

/** @throws CliError `not_there` */
export function uninstallService(
  environment: Environment,
  profile: string,
  platform: NodeJS.Platform = process.platform,
): Service {
  const { file, stop } = kindOf(environment, profile, platform);
  if (!existsSync(file)) throw new CliError('not_there', `There is no service of the profile ${profile}: ${file}`);
  rmSync(file);
  const first = platform === 'linux' ? `systemctl --user disable --now ${serviceName(profile)}; ` : '';
  return { file, next: `${first}${stop}` };
}

/** The file of the service, or null where there is none. */
export function serviceFile(
  environment: Environment,
  profile: string,
  platform: NodeJS.Platform = process.platform,
): string | null {
  if (platform !== 'linux' && platform !== 'darwin') return null;
  const { file } = kindOf(environment, profile, platform);
  return existsSync(file) ? file : null;
}
