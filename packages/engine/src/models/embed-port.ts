/** The way out of an engine for texts: it asks, and its gateway sends, to what the owner of the space agreed to. */
import type { EmbedAnswer, EmbedAsk } from '@vivim/contract/model-services';

/** Never rejects but when the gateway is gone; what went wrong stands in the answer. */
export type AskGateway = (ask: EmbedAsk) => Promise<EmbedAnswer>;
