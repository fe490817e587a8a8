/** The entry of the web application. */
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import { KitRoot } from './components/kit/kit-root.tsx';
import { router } from './router.tsx';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/kit.css';
import './styles/layout.css';
import './styles/pages.css';
import './styles/reader.css';
import './styles/context.css';
import './styles/memories.css';
import './styles/identity.css';
import './styles/print.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html lost its root element');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <KitRoot>
        <RouterProvider router={router} />
      </KitRoot>
    </QueryClientProvider>
  </StrictMode>,
);
