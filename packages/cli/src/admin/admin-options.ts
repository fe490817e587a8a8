/** What every command of the operator takes. */
import { Option } from 'commander';
import type { GlobalOptions } from '../world.ts';

export interface AdminOptions extends GlobalOptions {
  readonly dataDir?: string;
}

export const dataDirOption = () =>
  new Option('--data-dir <directory>', 'of the server, as `vivim serve` was given it (VIVIM_DATA_DIR)');
