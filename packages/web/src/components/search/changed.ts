/** Filters of a search as a press of a button changes them. A type alone. */
import type { SearchFilters } from '../../api/search-filters.ts';

export type Changed = { [K in keyof SearchFilters]: SearchFilters[K] | undefined };
