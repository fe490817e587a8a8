/** The way out of an engine for texts: it asks, and its gateway sends, to what the owner of the space agreed to. */
import type { ChatAnswer, ChatAsk, EmbedAnswer, EmbedAsk } from '@vivim/contract/model-asks';

/** Never rejects but when the gateway is gone; what went wrong stands in the answer. */
export type AskGateway = (ask: EmbedAsk) => Promise<EmbedAnswer>;
export type AskChat = (ask: ChatAsk) => Promise<ChatAnswer>;
