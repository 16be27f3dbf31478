import { conflictOfInterest } from '../carers/ties.refusals.js';
import { documentNotWaiting } from '../documents/documents.refusals.js';
import { defineRefusals } from '../platform/graphql/refused.js';

/** What this room refuses, and what to do next. */
export const casework = defineRefusals('Casework', {
  VISIT_STATE: {
    en: 'This visit stands at "{state}". Look at the child\'s visits for the one that is due.',
    km: 'ការចុះសួរសុខទុក្ខនេះស្ថិតនៅ "{state}"។ សូមមើលបញ្ជីការចុះសួរសុខទុក្ខដែលត្រូវធ្វើ។',
    reviewed: false,
  },
  BEFORE_MOVE: {
    en: 'The child moved on {movedOn}; a visit happens on that day or later. Correct the day.',
    km: 'កុមារបានផ្លាស់ទៅនៅថ្ងៃ {movedOn}។ ការចុះសួរសុខទុក្ខត្រូវនៅថ្ងៃនោះ ឬក្រោយ។ សូមកែថ្ងៃ។',
    reviewed: false,
  },
  OTHER_DAY: {
    en: 'The child was noted as seen on {seenOn}. Record that visit with its own day.',
    km: 'កុមារត្រូវបានកត់ថាបានជួបនៅថ្ងៃ {seenOn}។ សូមកត់ត្រាការចុះនោះតាមថ្ងៃរបស់វា។',
    reviewed: false,
  },
  CONFLICT_OF_INTEREST: conflictOfInterest,
  DOCUMENT_NOT_WAITING: documentNotWaiting,
});
