/**
 * Spans of a trace: what a request waited for. Nothing is recorded unless tracing was started (tracing.ts). A span holds what the log
 * may hold of a request and nothing else: route templates, methods, statuses, codes.
 */
import { type Attributes, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AppError } from '@vivim/contract/errors';

/** Everything a span may say. Names are those of OpenTelemetry's conventions where it has one. */
export interface SpanFields {
  readonly 'http.request.method'?: string;
  readonly 'http.route'?: string;
  readonly 'http.response.status_code'?: number;
  readonly 'error.type'?: string;
  /** The id of the request in answers and in the log. */
  readonly 'vivim.trace'?: string;
}

export type SpanName = 'request' | 'authenticate' | 'engine' | 'engine open';

export interface OpenSpan {
  set(fields: SpanFields): void;
  rename(name: string): void;
}

const tracer = trace.getTracer('vivim');

const openSpan = (span: Span): OpenSpan => ({
  set: (fields) => void span.setAttributes(fields as Attributes),
  rename: (name) => void span.updateName(name),
});

/** Runs `work` within a span. What it throws is noted by its code alone. */
export function inSpan<T>(name: SpanName, work: (span: OpenSpan) => Promise<T>): Promise<T> {
  const kind = name === 'request' ? SpanKind.SERVER : SpanKind.INTERNAL;
  return tracer.startActiveSpan(name, { kind }, async (span) => {
    try {
      return await work(openSpan(span));
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute('error.type', error instanceof AppError ? error.code : 'internal');
      throw error;
    } finally {
      span.end();
    }
  });
}
