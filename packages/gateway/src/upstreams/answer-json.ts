/** The body of a service's answer as JSON, and the refusal of one that cannot be read. Pure. */
import { AppError } from '@vivim/contract/errors';

export const invalid = (detail: string) => new AppError('model_answer_invalid', detail);

/** @throws AppError `model_answer_invalid` */
export function answerJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw invalid('It did not answer with JSON.');
  }
}
