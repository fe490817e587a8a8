/** Applications that ask to be let in, as their consent page sees them. */
import { answerConsent, describeConsent } from '../../oauth/consents.ts';
import type { Handlers } from '../call.ts';

export const applicationHandlers: Handlers<'getConsentRequest' | 'answerConsentRequest'> = {
  getConsentRequest: ({ auth }, { params, asked }) => describeConsent(auth, params.uid, asked),
  answerConsentRequest: ({ auth }, { principal, params, body, asked }) =>
    answerConsent(auth, principal, { uid: params.uid, decision: body, asked }),
};
