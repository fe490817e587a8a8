/** Lines of a session of Claude Code, as its log holds them. */

const begunMs = 1_780_000_000_000;

/** The nth message of a session, from 0: asked and answered in turn, a minute apart. */
export const sessionLine = (sessionId: string, n: number, text: string): string => {
  const role = n % 2 === 0 ? 'user' : 'assistant';
  return `${JSON.stringify({
    type: role,
    uuid: `${sessionId}-${n}`,
    parentUuid: n === 0 ? null : `${sessionId}-${n - 1}`,
    sessionId,
    timestamp: new Date(begunMs + n * 60_000).toISOString(),
    message: { role, content: [{ type: 'text', text }] },
  })}\n`;
};
