/** The id of a request: joins an answer with the lines the server logs for it. Says nothing. */
import { randomBytes } from '@vivim/contract/random';

/** 24 hex digits. */
export const newTraceId = (): string => Buffer.from(randomBytes(12)).toString('hex');
