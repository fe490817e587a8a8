/** The filters of the topics and entities pages and of the graph as they stand in the address. What is none of the known values is left out. */
import {
  type EntityType,
  entityTypes,
  type ProfileSort,
  type ProfileTrend,
  profileSorts,
  profileTrends,
} from '@vivim/contract/profile-words';
import { present } from './search-filters.ts';

export interface SubjectFilters {
  q?: string;
  sort?: ProfileSort;
  trend?: ProfileTrend;
  type?: EntityType;
  hidden?: true;
}

type Address = Record<string, unknown>;

export const toSubjectFilters = (address: Address): SubjectFilters =>
  present<SubjectFilters>({
    q: typeof address.q === 'string' && address.q.trim() !== '' ? address.q.slice(0, 120) : undefined,
    sort: profileSorts.find((one) => one === address.sort),
    trend: profileTrends.find((one) => one === address.trend),
    type: entityTypes.find((one) => one === address.type),
    hidden: address.hidden === true ? true : undefined,
  });

/** How far back the graph looks, in days. */
export const graphSpans = [30, 90, 365] as const;

export interface GraphFilters {
  kind?: 'topic' | 'entity';
  days?: (typeof graphSpans)[number];
  /** The node that is looked at. */
  at?: string;
}

export const toGraphFilters = (address: Address): GraphFilters =>
  present<GraphFilters>({
    kind: address.kind === 'topic' || address.kind === 'entity' ? address.kind : undefined,
    days: graphSpans.find((span) => span === Number(address.days)),
    at: typeof address.at === 'string' ? address.at : undefined,
  });
