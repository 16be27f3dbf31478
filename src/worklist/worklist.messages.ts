import { defineMessages } from '../platform/messages/messages.js';
import { defineMessageKind, defineTaskKind } from './task-kinds.js';

/** How a message begins, by why it was sent; `{what}` is the text of its kind. */
defineMessages('inbox', {
  told: { en: '{what}', km: '{what}', reviewed: false },
  reminder: { en: 'Reminder: {what}', km: 'រំលឹក៖ {what}', reviewed: false },
  overdue: { en: '{what}', km: '{what}', reviewed: false },
});
defineMessages('enum.InboxReason', {
  told: { en: 'told at once', km: 'ជូនដំណឹងភ្លាម', reviewed: false },
  reminder: { en: 'reminder', km: 'ការរំលឹក', reviewed: false },
  overdue: { en: 'overdue in the office', km: 'ហួសកំណត់ក្នុងការិយាល័យ', reviewed: false },
});

/** A job of the queue that was tried as often as it may be: an administrator looks into it. */
export const jobFailed = defineTaskKind({
  kind: 'worklist.job_failed',
  en: 'The job {detail} failed. Look for its number in the worker\'s log, repair the cause, then tick this off.',
  km: 'ការងារ {detail} បានបរាជ័យ។ សូមស្វែងរកលេខរបស់វាក្នុងកំណត់ហេតុ ជួសជុល រួចគូសថារួច។',
  byHand: true,
});

/** Somebody's one-time codes were taken away by an administrator: she hears of it, whether she asked for it or not. */
export const secondFactorReset = defineMessageKind({
  kind: 'worklist.second_factor_reset',
  en: 'An administrator has taken your one-time codes away. Set them up again; if you did not ask for it, change your password and tell your supervisor.',
  km: 'អ្នកគ្រប់គ្រងបានដកលេខកូដប្រើម្ដងរបស់អ្នកចេញ។ សូមរៀបចំវាម្ដងទៀត។ បើអ្នកមិនបានស្នើទេ សូមប្ដូរពាក្យសម្ងាត់ ហើយប្រាប់ប្រធានរបស់អ្នក។',
});

/** A supervisor's digest of what is overdue in her offices. */
export const overdueDigest = defineMessageKind({
  kind: 'worklist.overdue',
  en: 'Tasks of your office that are overdue: {items}.',
  km: 'កិច្ចការហួសកំណត់ក្នុងការិយាល័យរបស់អ្នក៖ {items}។',
});
