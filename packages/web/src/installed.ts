/** The service worker that keeps the pages themselves for when the server is out of reach, and news of a newer version. */

/** A tab that stays open for days asks as often. */
const askEveryMs = 3_600_000;

let waiting: ServiceWorker | null = null;
const listeners = new Set<() => void>();

export const updateWaits = (): boolean => waiting !== null;

export function onUpdate(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(worker: ServiceWorker): void {
  waiting = worker;
  for (const listener of listeners) listener();
}

/** Hands over to the newer version and loads the page by it. */
export function loadUpdate(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting?.postMessage('take over');
}

function watch(worker: ServiceWorker | null): void {
  worker?.addEventListener('statechange', () => {
    // Without one in charge it is the first, and nothing older is shown.
    if (worker.state === 'installed' && navigator.serviceWorker.controller !== null) tell(worker);
  });
}

/** Does nothing where the browser has none, or the server is reached without encryption from another machine. */
export async function install(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.register('/sw.js').catch(() => null);
  if (registration === null) return;
  if (registration.waiting !== null && navigator.serviceWorker.controller !== null) tell(registration.waiting);
  watch(registration.installing);
  registration.addEventListener('updatefound', () => watch(registration.installing));
  setInterval(() => void registration.update().catch(() => undefined), askEveryMs);
}
