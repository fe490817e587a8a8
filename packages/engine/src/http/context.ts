/** The context a message needs. */
import type { ContextOrchestrator } from '../context/context-orchestrator.ts';
import type { Handlers } from './handler.ts';

export const contextHandlers = (deps: { orchestrator: ContextOrchestrator }) =>
  ({
    createContext: ({ body, asker }) => deps.orchestrator.compile(body, asker),
  }) satisfies Handlers<'createContext'>;
