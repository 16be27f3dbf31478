import { defineRefusals } from '../platform/graphql/refused.js';

/** What this room refuses, and what to do next. */
export const worklist = defineRefusals('Worklist', {
  NOT_BY_HAND: {
    en: 'This task ends by itself when what it asks for is recorded. Record that.',
    km: 'កិច្ចការនេះចប់ដោយខ្លួនឯង ពេលអ្វីដែលវាស្នើត្រូវបានកត់ត្រា។ សូមកត់ត្រាវា។',
    reviewed: false,
  },
  TASK_CLOSED: {
    en: 'This task is closed already ({state}).',
    km: 'កិច្ចការនេះបានបិទរួចហើយ ({state})។',
    reviewed: false,
  },
});
