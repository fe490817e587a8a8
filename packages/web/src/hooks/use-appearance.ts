/** How this browser shows the pages, as it is now. */
import { useSyncExternalStore } from 'react';
import { type Appearance, appearance, onAppearance } from '../appearance.ts';

export const useAppearance = (): Appearance => useSyncExternalStore(onAppearance, appearance);
