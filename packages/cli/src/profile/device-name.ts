/** What a device is called unless its owner says otherwise. */
import { hostname } from 'node:os';

export const usualName = (): string => hostname().replace(/\.(local|lan|home)$/, '') || 'terminal';
