/** Swagger UI, set so that it asks nobody but this server, writes nothing into the address, and stands within a page that has its own head. */
import 'swagger-ui-dist/swagger-ui.css';
import SwaggerUIBundle, { type ReferenceSystem } from 'swagger-ui-dist/swagger-ui-es-bundle.js';

/** Its own layout brings a second main landmark and a title; this one is the parts in between. */
const layout = ({ React: { createElement } }: ReferenceSystem) => ({
  components: {
    ReferenceLayout({ getComponent }: Pick<ReferenceSystem, 'getComponent'>) {
      const part = (name: string) => createElement(getComponent(name, true), { key: name });
      return createElement('div', { className: 'swagger-ui' }, [
        part('errors'),
        createElement('div', { key: 'bar', className: 'reference-bar' }, [
          part('FilterContainer'),
          part('AuthorizeBtnContainer'),
        ]),
        part('operations'),
        part('Models'),
      ]);
    },
  },
});

/** @returns when it stands in the page */
export function showReference(place: HTMLElement): Promise<void> {
  return new Promise((resolve) => {
    SwaggerUIBundle({
      domNode: place,
      url: '/openapi.json',
      layout: 'ReferenceLayout',
      docExpansion: 'none',
      filter: true,
      deepLinking: false,
      displayRequestDuration: true,
      defaultModelsExpandDepth: 0,
      persistAuthorization: false,
      validatorUrl: null,
      syntaxHighlight: { activated: false },
      presets: [SwaggerUIBundle.presets.apis],
      plugins: [layout],
      onComplete: () => resolve(),
    });
  });
}
