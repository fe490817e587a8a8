/** The context a message needs, whole or as it forms. */
import type { ContextEvent } from '@vivim/contract/context-events';
import { AppError, errorStatus } from '@vivim/contract/errors';
import { toProblem } from '@vivim/contract/problem';
import type { ContextOrchestrator } from '../context/context-orchestrator.ts';
import type { Handlers } from './handler.ts';

interface ContextDeps {
  readonly orchestrator: ContextOrchestrator;
  /** Called for errors nobody expected. */
  readonly onUnexpected: (error: unknown) => void;
}

export const contextHandlers = (deps: ContextDeps) =>
  ({
    createContext: ({ body, asker, signal }) => deps.orchestrator.compile(body, asker, signal),
    streamContext: ({ body, asker, signal }) => toldOf(deps, deps.orchestrator.assemble(body, asker, signal), signal),
  }) satisfies Handlers<'createContext' | 'streamContext'>;

/** What fails once the answer began is told as its last event; before that it is an answer of its own. */
async function* toldOf(
  { onUnexpected }: ContextDeps,
  events: AsyncIterable<ContextEvent>,
  gone: AbortSignal,
): AsyncGenerator<ContextEvent> {
  let began = false;
  try {
    for await (const event of events) {
      began = true;
      yield event;
    }
  } catch (error) {
    if (!began || gone.aborted) throw error;
    if (!(error instanceof AppError) || errorStatus[error.code] >= 500) onUnexpected(error);
    yield { type: 'problem', problem: toProblem(error) };
  }
}
