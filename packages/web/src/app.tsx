/** The application, put into the page. Loaded by main.tsx once the words it speaks are there. */
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import { watchReach } from './api/reach.ts';
import { KitRoot } from './components/kit/kit-root.tsx';
import { install } from './installed.ts';
import { router } from './router.tsx';

export function start(root: HTMLElement): void {
  watchReach(queryClient);
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <KitRoot>
          <RouterProvider router={router} />
        </KitRoot>
      </QueryClientProvider>
    </StrictMode>,
  ); // After what the first page needs.
  if (document.readyState === 'complete') void install();
  else window.addEventListener('load', () => void install(), { once: true });
}
