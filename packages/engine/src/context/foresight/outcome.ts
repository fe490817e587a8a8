/** Predictions held against a question that was asked. Pure. */
import { foresightSignals } from '@vivim/contract/presence';
import type { Foreseen } from '../../space/stores/foresight-tally.ts';
import { keyOf, type Predicted, type SubjectKey } from './predict.ts';

/** A question about nothing known is a miss where something was predicted. */
export function outcomeOf(predicted: readonly Predicted[], asked: readonly SubjectKey[]): Foreseen {
  const askedKeys = new Set(asked.map(keyOf));
  const isRight = (prediction: Predicted): boolean => askedKeys.has(keyOf(prediction));
  const right = predicted.filter(isRight);
  const bySignal = foresightSignals.flatMap((signal) => {
    const of = predicted.filter(({ why }) => why[0] === signal);
    return of.length === 0 ? [] : [[signal, { predicted: of.length, right: of.filter(isRight).length }] as const];
  });
  return {
    result: predicted.length === 0 ? 'unpredicted' : right.length > 0 ? 'hits' : 'misses',
    subjects: askedKeys.size,
    foreseen: right.length,
    signals: Object.fromEntries(bySignal),
  };
}
