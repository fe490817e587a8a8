/** How to give an AI application this memory: one client at a time, filled with the address of this server. */
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type McpClientId, mcpClientIds, setupsOf } from '../../mcp-clients.ts';
import { strings } from '../../strings.ts';
import { Choice } from '../kit/choice.tsx';
import { Snippet } from './snippet.tsx';

const words = strings.mcp;
/** Clients that are no program of this computer. */
const askFromAfar: readonly McpClientId[] = ['chatgpt', 'claude', 'claudeDesktop'];

export function ClientSetup() {
  const [client, setClient] = useState<McpClientId>('claudeCode');
  const { origin, hostname } = location;
  const setups = setupsOf(client);
  const ways = setups.map(({ way }) => way);
  const isNear = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return (
    <section>
      <h2>{words.setUp}</h2>
      <p className="connections-lead">{words.setUpText}</p>
      <div className="card client-setup">
        <Choice
          quietLabel
          label={words.chooseClient}
          value={client}
          options={mcpClientIds.map((id) => [id, words.clients[id]] as const)}
          onChange={setClient}
        />
        <p>{words.steps[client]}</p>
        {setups.map(({ way, file, text }) => (
          <Snippet key={way} label={words.ways[way]} into={file} text={text(origin)} />
        ))}
        {ways.includes('stdio') && <p className="note">{words.command}</p>}
        {ways.includes('token') && (
          <p className="note">
            <Link to="/identity/tokens">{words.token}</Link>
          </p>
        )}
        {isNear && askFromAfar.includes(client) && <p className="note warn">{words.notReached(origin)}</p>}
      </div>
    </section>
  );
}
