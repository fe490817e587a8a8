/**
 * Keeps the files of the application, and nothing anybody wrote: requests of the API pass it by untouched. The build puts
 * `version` and `files` in front (vite.config.ts). A page comes from the server while it answers; files whose names carry
 * a hash come from here.
 */
/* global version, files */
const name = `vivim-${version}`;
/** A server that takes longer is shown from here, if it was seen before. */
const patienceMs = 4_000;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(files)));
  // A request a worker is asked about is kept with all it carries until the worker ends, though it lets it pass: an upload of 500 MB
  // was then 500 MB of the tab. Where a browser knows no routes, it asks.
  event.addRoutes?.({ condition: { not: { requestMethod: 'GET' } }, source: 'network' }).catch(() => {});
});

self.addEventListener('activate', (event) => {
  const old = (found) => found.startsWith('vivim-') && found !== name;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(old).map((found) => caches.delete(found))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('message', (event) => {
  if (event.data === 'take over') self.skipWaiting();
});

async function page(request) {
  const kept = await caches.match('/');
  if (kept === undefined) return fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, patienceMs, kept));
  return Promise.race([fetch(request).catch(() => kept), late]);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (/^\/(v1|mcp|openai|anthropic|docs|oauth|\.well-known)(\/|$)/.test(url.pathname)) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (files.includes(url.pathname))
    event.respondWith(caches.match(url.pathname).then((kept) => kept ?? fetch(request)));
});
