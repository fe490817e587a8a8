/** The vectors in a service's answer, made what the engine compares: unit length, of a size sign bits can be made of. Pure. */
import { AppError } from '@vivim/contract/errors';
import type { EmbedAnswer } from '@vivim/contract/model-asks';
import { mostDimensions } from '@vivim/contract/model-services';

/** Sign bits come in words of 32; what is added is nought, and changes no cosine. */
export const storedDimensions = (dimensions: number): number => Math.ceil(dimensions / 32) * 32;

/**
 * @param dimensions what its vectors had when it was tested
 * @throws AppError `model_answer_invalid` for fewer or more vectors, another size, numbers that are none, and nothing but noughts
 */
export function vectorsFrom(
  answer: Extract<EmbedAnswer, { ok: true }>,
  count: number,
  dimensions: number,
): Float32Array[] {
  const bytes = Buffer.from(answer.vectors, 'base64');
  if (answer.dimensions !== dimensions || dimensions > mostDimensions)
    throw invalid(`Its vectors have ${answer.dimensions} numbers; ${dimensions} were expected. Test it again.`);
  if (bytes.byteLength !== count * dimensions * Float32Array.BYTES_PER_ELEMENT)
    throw invalid(`It did not answer with one vector for each of ${count} texts.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: count }, (_, index) => {
    const vector = new Float32Array(storedDimensions(dimensions));
    for (let i = 0; i < dimensions; i++) vector[i] = view.getFloat32((index * dimensions + i) * 4, true);
    const norm = Math.hypot(...vector);
    if (!Number.isFinite(norm) || norm === 0) throw invalid('It answered with something that is no vector.');
    return vector.map((value) => value / norm);
  });
}

const invalid = (detail: string) => new AppError('model_answer_invalid', detail);
