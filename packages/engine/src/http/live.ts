/**
 * What the gateway asks an engine for live capture, and no client can: which service a request goes to, with its key; here is
 * what was said; so many could not be handed over. Behind the ticket gate like everything; the gateway hands on no path of a client's that leads here.
 */
import { AppError } from '@vivim/contract/errors';
import {
  LiveExchange,
  LiveMissed,
  liveWays,
  type Recording,
  UpstreamAsk,
  type UpstreamGrant,
} from '@vivim/contract/live';
import { parse } from '@vivim/contract/parse';
import type { TicketPayload } from '@vivim/contract/ticket';
import { type RecorderDeps, recordExchange } from '../capture/live/recorder.ts';
import { readJson } from './parse-call.ts';

/** Of an exchange: a request with pictures and all of its answer, twice as long where JSON has to escape it. */
const exchangeBytes = 128 * 1024 ** 2;
/** A space this full takes no more exchanges. */
const spareBytes = 1024 ** 2;

export type LiveEntrance = (request: Request, ticket: TicketPayload) => Promise<UpstreamGrant | Recording | null>;

/** @throws AppError `upstream_unknown`, `insufficient_scope`, `quota_exceeded`, `request_invalid` */
export const liveEntrance =
  (deps: RecorderDeps): LiveEntrance =>
  async (request, ticket) => {
    const { space } = deps;
    const { pathname } = new URL(request.url);
    if (pathname !== liveWays.upstream && !ticket.scopes.includes('proxy:record'))
      throw new AppError('insufficient_scope');
    if (pathname === liveWays.exchange)
      return recordExchange(deps, parse(LiveExchange, (await readJson(request, exchangeBytes)).value));
    if (pathname === liveWays.missed) {
      const missed = parse(LiveMissed, (await readJson(request)).value);
      // In place, in one row: there is room for it where there is none for anything else.
      space.write((w) => w.liveTally.miss(missed));
      return null;
    }
    // A person may try what they set up; a token has to have been made for it.
    if (!ticket.scopes.includes('proxy:use') && !ticket.scopes.includes('account:manage'))
      throw new AppError('insufficient_scope');
    const ask = parse(UpstreamAsk, (await readJson(request)).value);
    const grant = space.read((r) => r.upstreams.grant(ask));
    if (grant === null) throw new AppError('upstream_unknown', unknownUpstream(ask));
    return { ...grant, room: space.location.quotaBytes - space.bytes > spareBytes };
  };

const unknownUpstream = ({ name, kind }: UpstreamAsk): string =>
  name === null
    ? `You have set no upstream that speaks the interface of ${kind === 'anthropic' ? 'Anthropic' : 'OpenAI'}. Add one with: vivim upstreams add`
    : 'You have no upstream of that name and kind. See: vivim upstreams list';
