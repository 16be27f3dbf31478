import { defineRefusals } from '../platform/graphql/refused.js';
import { defineMessages } from '../platform/messages/messages.js';

const no = (en: string, km: string): { readonly en: string; readonly km: string; readonly reviewed: false } => ({ en, km, reviewed: false });

/** What this room refuses, and what to do next. */
export const documents = defineRefusals('Documents', {
  NOT_TAKEN: no(
    'Only pictures (JPEG, PNG, WebP) and PDF files are taken, and this is none of them. Take a photo of the paper and send that.',
    'ទទួលបានតែរូបភាព (JPEG, PNG, WebP) និងឯកសារ PDF ប៉ុណ្ណោះ។ សូមថតរូបក្រដាសនោះ រួចផ្ញើរូប។',
  ),
  HEIC_NOT_TAKEN: no(
    'This is a HEIC picture, which cannot be read here. On the iPhone choose Settings, Camera, Formats, Most Compatible, and take it again; or send a screenshot of it.',
    'នេះជារូបភាព HEIC ដែលមិនអាចអាននៅទីនេះបានទេ។ លើ iPhone សូមជ្រើស Settings, Camera, Formats, Most Compatible រួចថតម្ដងទៀត ឬផ្ញើរូបថតអេក្រង់។',
  ),
  ANIMATED: no('A moving picture is no document. Send a still one.', 'រូបភាពមានចលនាមិនមែនជាឯកសារទេ។ សូមផ្ញើរូបភាពនឹង។'),
  DAMAGED: no('This file is damaged or not whole. Take or scan it again, then send it again.', 'ឯកសារនេះខូច ឬមិនពេញលេញ។ សូមថត ឬស្កេនម្ដងទៀត រួចផ្ញើ។'),
  TOO_MANY_PIXELS: no('This picture has more than {most} million points. Take it with a lower resolution.', 'រូបភាពនេះមានលើសពី {most} លានចំណុច។ សូមថតដោយកម្រិតទាបជាងនេះ។'),
  PDF_LOCKED: no('This PDF is locked with a password. Save it without one, or photograph its pages.', 'ឯកសារ PDF នេះមានពាក្យសម្ងាត់។ សូមរក្សាទុកដោយគ្មានពាក្យសម្ងាត់ ឬថតរូបទំព័រ។'),
  PDF_NOT_CLEAN: no(
    'This PDF holds parts that cannot be cleaned, or is too long. Photograph its pages and send the photos.',
    'ឯកសារ PDF នេះមានផ្នែកដែលមិនអាចសម្អាតបាន ឬវែងពេក។ សូមថតរូបទំព័រនីមួយៗ រួចផ្ញើរូប។',
  ),
  TOO_MANY_WAITING: no(
    '{most} of your documents wait to be attached to a file. Attach them, or wait: after {hours} hours they are removed.',
    'ឯកសាររបស់អ្នកចំនួន {most} កំពុងរង់ចាំភ្ជាប់ទៅសំណុំរឿង។ សូមភ្ជាប់ ឬរង់ចាំ៖ ក្រោយ {hours} ម៉ោង វានឹងត្រូវលុប។',
  ),
  WITHDRAWN_ALREADY: no('This document is withdrawn already.', 'ឯកសារនេះត្រូវបានដកចេញរួចហើយ។'),
  CONFIDENTIAL: no('This document is not available. Ask the supervisor.', 'មិនអាចមើលឯកសារនេះបានទេ។ សូមសួរអ្នកគ្រប់គ្រង។'),
});

defineMessages('documents', {
  TOO_LARGE: no('A document has at most 10 MB, before and after it is cleaned. Take it with a lower resolution, or as JPEG.', 'ឯកសារមួយមានទំហំយ៉ាងច្រើន 10 MB ទាំងមុន និងក្រោយការសម្អាត។ សូមថតដោយកម្រិតទាបជាងនេះ ឬជា JPEG។'),
  TRY_LATER: no('Too many documents arrive at once. Send it again in {retryAfter} seconds.', 'មានឯកសារច្រើនពេកមកដល់ក្នុងពេលតែមួយ។ សូមផ្ញើម្ដងទៀតក្នុងរយៈពេល {retryAfter} វិនាទី។'),
  LINK_OVER: no('This link is over. Open the document again.', 'តំណនេះហួសពេលហើយ។ សូមបើកឯកសារម្ដងទៀត។'),
});

/** The code and text of every room whose acts take a document: one answer, whether it is gone, somebody else's or attached already. */
export const documentNotWaiting = no(
  'There is no such document of yours that waits to be attached: it is attached already, was removed after a day, or is not yours. Send it in again.',
  'គ្មានឯកសារបែបនេះរបស់អ្នកដែលរង់ចាំភ្ជាប់ទេ៖ វាបានភ្ជាប់រួចហើយ ត្រូវបានលុបក្រោយមួយថ្ងៃ ឬមិនមែនជារបស់អ្នក។ សូមផ្ញើម្ដងទៀត។',
);
