/** Connections: AI applications that use this memory and what they were given, the proxy that keeps what is said, and models of one's own. */
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ClientSetup } from '../../components/connections/client-setup.tsx';
import { ConnectedApps } from '../../components/connections/connected-apps.tsx';
import { ModelServices } from '../../components/connections/model-services.tsx';
import { ProxyView } from '../../components/connections/proxy-view.tsx';
import { ToldRecords } from '../../components/connections/told-records.tsx';
import { PageHeader } from '../../components/kit/page-header.tsx';
import { Tabs } from '../../components/kit/tabs.tsx';
import type { ConnectionView } from '../../connection-view.ts';
import { strings } from '../../strings.ts';
import '../../styles/connections.css';

const words = strings.mcp;
const route = getRouteApi('/identity/connections');

export function ConnectionsPage(): ReactNode {
  const { view = 'apps' } = route.useSearch();
  const navigate = useNavigate();
  const show = (next: ConnectionView): void =>
    void navigate({ to: '/identity/connections', search: next === 'apps' ? {} : { view: next }, replace: true });
  return (
    <>
      <PageHeader title={strings.connections.title} lead={strings.connections.lead} />
      <Tabs<ConnectionView>
        label={words.views}
        value={view}
        onChange={show}
        tabs={[
          {
            id: 'apps',
            label: words.view.apps,
            content: (
              <div className="connections">
                <ConnectedApps />
                <ClientSetup />
                <ToldRecords />
              </div>
            ),
          },
          { id: 'proxy', label: words.view.proxy, content: <ProxyView /> },
          {
            id: 'models',
            label: words.view.models,
            content: (
              <div className="connections">
                <ModelServices />
              </div>
            ),
          },
        ]}
      />
    </>
  );
}
