/**
 * How the web files are built: hashed assets in `dist`, nothing inlined, so that the pages live under a strict
 * `default-src 'self'`. Prints what a first visit downloads and fails when it grows over its budget.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { workerScript } from './worker-script.ts';

/** Bytes of script as they go over the wire: all that is fetched until Home is there. What `npm run bench -- faces` measures too. */
const firstLoadBudget = 245_000;

/** What the entry fetches once the language is there: see src/main.tsx. */
const isApplication = ({ moduleIds }: { readonly moduleIds: readonly string[] }): boolean =>
  moduleIds.some((id) => id.endsWith('/src/app.tsx'));

/** The letters most pages need: known from the styles alone, they would come after the page was drawn in others. */
const isLetters = (name: string): boolean => /\/inter-latin-wght-normal[^/]*\.woff2$/.test(name);

/** Tells the browser of the application and its letters while it reads the page, so that waiting for the language costs no round trip. */
function applicationAhead(): Plugin {
  return {
    name: 'vivim:application-ahead',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {} }) => {
        const names = new Set<string>();
        const visit = (name: string): void => {
          const file = bundle[name];
          if (file?.type !== 'chunk' || names.has(name)) return;
          names.add(name);
          file.imports.forEach(visit);
        };
        for (const [name, file] of Object.entries(bundle))
          if (file.type === 'chunk' && isApplication(file)) visit(name);
        const ahead = (rel: Record<string, string>, name: string) => ({
          tag: 'link',
          attrs: { ...rel, crossorigin: true, href: `/${name}` },
          injectTo: 'head' as const,
        });
        const letters = Object.keys(bundle).filter(isLetters);
        return [
          ...letters.map((name) => ahead({ rel: 'preload', as: 'font', type: 'font/woff2' }, name)),
          ...[...names].map((name) => ahead({ rel: 'modulepreload' }, name)),
        ];
      },
    },
  };
}

/** What a browser keeps for when the server is out of reach: every file but those that are large and seldom asked for. */
const keptAtMost = 700_000;

/** Writes `sw.js`. */
function serviceWorker(): Plugin {
  let publicDir = '';
  return {
    name: 'vivim:service-worker',
    configResolved(config) {
      publicDir = config.publicDir;
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const built = Object.entries(bundle).filter(([name, file]) => {
          const size = file.type === 'chunk' ? file.code.length : file.source.length;
          return /\.(js|css)$|\/inter-[^/]+\.woff2$/.test(name) && size <= keptAtMost;
        });
        const page = bundle['index.html'];
        if (page?.type !== 'asset') this.error('There is no page to keep.');
        const hashed = built.map(([name]) => `/${name}`);
        const source = workerScript({ publicDir, page: page.source, hashed });
        this.emitFile({ type: 'asset', fileName: 'sw.js', source });
      },
    },
  };
}

/** The page somebody who is signed in comes to. */
const isHome = ({ moduleIds }: { readonly moduleIds: readonly string[] }): boolean =>
  moduleIds.some((id) => id.endsWith('/src/pages/home.tsx'));

/** Sums what the browser must have until Home shows; other pages load when they are visited. */
function firstLoad(): Plugin {
  return {
    name: 'vivim:first-load',
    generateBundle(_, bundle) {
      const files = new Set<string>();
      const visit = (name: string): void => {
        const file = bundle[name];
        if (file === undefined || files.has(name)) return;
        files.add(name);
        if (file.type !== 'chunk') return;
        file.imports.forEach(visit);
        file.viteMetadata?.importedCss.forEach(visit);
      };
      for (const [name, file] of Object.entries(bundle))
        if (file.type === 'chunk' && (file.isEntry || isApplication(file) || isHome(file))) visit(name);
      // Words are read as modules load: the entry learns the language first, so it must not bring the application along.
      const entry = Object.values(bundle).find(
        (file) => file.type === 'chunk' && file.moduleIds.some((id) => id.endsWith('/src/main.tsx')),
      );
      if (entry?.type === 'chunk' && entry.moduleIds.some((id) => firstModules.has(id)))
        this.error('The entry and the application fell into one file.');
      for (const name of entry?.type === 'chunk' ? entry.imports : []) {
        const file = bundle[name];
        if (file?.type === 'chunk' && file.moduleIds.some((id) => firstModules.has(id)))
          this.error('The entry loads the application before it has learnt the language.');
      }
      const weigh = (isMeant: (name: string) => boolean): number =>
        [...files].filter(isMeant).reduce((sum, name) => {
          const file = bundle[name];
          return file === undefined ? sum : sum + gzipSync(file.type === 'chunk' ? file.code : file.source).length;
        }, 0);
      const early = gzipSync(readFileSync(join(import.meta.dirname, 'public/early.js'))).length;
      const scripts = weigh((name) => name.endsWith('.js')) + early;
      const styles = weigh((name) => name.endsWith('.css'));
      const kB = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} kB`;
      console.log(
        `first load, compressed: ${kB(scripts)} of script (at most ${kB(firstLoadBudget)}), ${kB(styles)} of styles`,
      );
      if (scripts > firstLoadBudget) this.error(`The first load is ${kB(scripts)} of script, over its budget.`);
    },
  };
}

/**
 * Puts zod's switch for strict policies in front of zod. Left alone it probes for `new Function` while schemas are
 * made, which the policy refuses and reports; a module between the two is sure to run before any schema is.
 */
function zodWithoutEval(): Plugin {
  const id = '\0vivim:zod';
  let real = '';
  return {
    name: 'vivim:zod-without-eval',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (source !== 'zod') return null;
      real = (await this.resolve(source, importer, { ...options, skipSelf: true }))?.id ?? '';
      return id;
    },
    load: (source) =>
      source === id ? `import { z } from ${JSON.stringify(real)};\nz.config({ jitless: true });\nexport { z };` : null,
  };
}

/** HPKE asks for Node's module where it finds no WebCrypto; a browser has it, so nothing is ever asked of this one. */
function withoutNodeCrypto(): Plugin {
  const id = '\0vivim:node-crypto';
  return {
    name: 'vivim:without-node-crypto',
    enforce: 'pre',
    resolveId: (source) => (source === 'crypto' ? id : null),
    load: (source) => (source === id ? 'export {};' : null),
  };
}

/** Radix holds the page still by a style element it writes, which the policy refuses; ours does it with a class. */
function withoutWrittenStyles(): Plugin {
  return {
    name: 'vivim:without-written-styles',
    enforce: 'pre',
    resolveId: (source) =>
      source === 'react-remove-scroll' ? join(import.meta.dirname, 'src/components/kit/scroll-lock.tsx') : null,
  };
}

/** What the entry loads at once, and what the application beyond that cannot start without; known once all modules are read. */
const entryModules = new Set<string>();
const firstModules = new Set<string>();

/** Finds them, so that they are one file and not sixty that pages share. */
function oneApplication(): Plugin {
  return {
    name: 'vivim:one-application',
    buildEnd() {
      const reach = (from: string, into: Set<string>): void => {
        const found = this.getModuleInfo(from);
        if (found === null || into.has(from)) return;
        into.add(from);
        for (const id of found.importedIds) reach(id, into);
      };
      for (const id of this.getModuleIds()) if (/\/src\/main\.tsx$/.test(id)) reach(id, entryModules);
      for (const id of this.getModuleIds()) if (/\/src\/app\.tsx$/.test(id)) reach(id, firstModules);
      for (const id of entryModules) firstModules.delete(id);
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  // Also of the page of the kit, which is built from a folder of its own: the worker keeps files of it.
  publicDir: join(import.meta.dirname, 'public'),
  plugins: [
    zodWithoutEval(),
    withoutNodeCrypto(),
    withoutWrittenStyles(),
    react(),
    oneApplication(),
    applicationAhead(),
    serviceWorker(),
    firstLoad(),
  ],
  build: {
    target: 'es2023',
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'entry', test: (id: string) => entryModules.has(id), priority: 2 },
            { name: 'app', test: (id: string) => firstModules.has(id), priority: 1 },
          ],
        },
      },
    },
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // The viewer of the API reference is one file of 1.7 MB, fetched when it is visited.
    chunkSizeWarningLimit: 2_000,
  },
  server: { proxy: { '/v1': { target: 'http://localhost:7717', changeOrigin: false } } },
});
