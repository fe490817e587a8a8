/** The application, put into the page. Loaded by main.tsx once the words it speaks are there. */
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import { KitRoot } from './components/kit/kit-root.tsx';
import { router } from './router.tsx';

export function start(root: HTMLElement): void {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <KitRoot>
          <RouterProvider router={router} />
        </KitRoot>
      </QueryClientProvider>
    </StrictMode>,
  );
}
