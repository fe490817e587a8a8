/**
 * Sends spans to a collector the operator names, by OTLP over HTTP. The SDK is loaded only then: a server without a collector holds
 * none of it.
 */
import { context, trace } from '@opentelemetry/api';

export interface TracingOptions {
  /** Where OTLP/HTTP is taken, e.g. `http://127.0.0.1:4318/v1/traces`. */
  readonly url: string;
  readonly version: string;
}

/** @returns sends what is left and stops */
export async function startTracing({ url, version }: TracingOptions): Promise<() => Promise<void>> {
  const [sdk, exporter, hooks, resources] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/resources'),
  ]);
  const provider = new sdk.TracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': 'vivim', 'service.version': version }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new exporter.OTLPTraceExporter({ url }) })],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new hooks.AsyncLocalStorageContextManager());
  return async () => {
    // A collector that is gone keeps nobody from stopping.
    await provider.shutdown().catch(() => {});
    trace.disable();
    context.disable();
  };
}
