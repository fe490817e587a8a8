/** The little of Swagger UI that is used here: its package brings no types. */
declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  import type { createElement, FunctionComponent } from 'react';

  /** What it hands a plugin. */
  export interface ReferenceSystem {
    readonly React: { readonly createElement: typeof createElement };
    readonly getComponent: (name: string, contained?: boolean) => FunctionComponent;
  }
  interface Options {
    readonly domNode: HTMLElement;
    readonly url: string;
    readonly onComplete: () => void;
    readonly plugins: readonly ((system: ReferenceSystem) => object)[];
    readonly [option: string]: unknown;
  }
  const SwaggerUIBundle: ((options: Options) => unknown) & { readonly presets: { readonly apis: unknown } };
  export default SwaggerUIBundle;
}
