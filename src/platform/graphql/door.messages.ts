import { defineMessages } from '../messages/messages.js';
import { LIMITS } from './limits.js';

const kilobytes = LIMITS.body / 1000;
const seconds = LIMITS.milliseconds / 1000;

/** Why the door turns a request away before anybody has looked at what it asks. */
defineMessages('door', {
  TOO_DEEP: { en: 'This asks for more than {most} levels. Ask for the inner records by themselves.', km: 'សំណើនេះជ្រៅលើសពី {most} ជាន់។ សូមសួររកឯកសារខាងក្នុងដាច់ដោយឡែក។', reviewed: false },
  TOO_MANY_ALIASES: { en: 'This renames more than {most} fields. Send several requests.', km: 'សំណើនេះប្ដូរឈ្មោះចន្លោះលើសពី {most}។ សូមផ្ញើជាសំណើច្រើន។', reviewed: false },
  TOO_MANY_DIRECTIVES: { en: 'This has more than {most} directives. Send several requests.', km: 'សំណើនេះមាន directive លើសពី {most}។ សូមផ្ញើជាសំណើច្រើន។', reviewed: false },
  TOO_MANY_OBJECTS: { en: 'More than {most} records could come back. Ask for a shorter page, or for fewer lists inside it.', km: 'ចម្លើយអាចមានឯកសារលើសពី {most}។ សូមសួរទំព័រខ្លីជាងនេះ ឬបញ្ជីតិចជាងនេះ។', reviewed: false },
  TOO_MUCH_SCHEMA: { en: 'This asks for too much of the schema at once.', km: 'សំណើនេះសួររកគ្រោងការណ៍ច្រើនពេក។', reviewed: false },
  TOO_MANY_TOKENS: { en: 'This document is too long. Send several requests.', km: 'ឯកសារសំណើនេះវែងពេក។ សូមផ្ញើជាសំណើច្រើន។', reviewed: false },
  ONE_MUTATION: { en: 'One act a request. Send the others by themselves.', km: 'សំណើមួយសម្រាប់ការងារមួយ។ សូមផ្ញើការងារផ្សេងទៀតដាច់ដោយឡែក។', reviewed: false },
  BODY_TOO_LARGE: { en: `A request has at most ${kilobytes} kB.`, km: `សំណើមួយមានទំហំយ៉ាងច្រើន ${kilobytes} kB។`, reviewed: false },
  ANSWER_TOO_LARGE: { en: 'The answer is too large. Ask for fewer fields or a shorter page.', km: 'ចម្លើយធំពេក។ សូមសួរចន្លោះតិចជាងនេះ ឬទំព័រខ្លីជាងនេះ។', reviewed: false },
  TOOK_TOO_LONG: { en: `This took more than ${seconds} seconds and was stopped. An act may have been done all the same: send it again with the same request key to learn.`, km: `ការងារនេះលើសពី ${seconds} វិនាទី ហើយត្រូវបានបញ្ឈប់។ វាអាចបានធ្វើរួច៖ សូមផ្ញើម្ដងទៀតដោយលេខសម្គាល់សំណើដដែល។`, reviewed: false },
  NOT_JSON: { en: 'The body is not JSON.', km: 'ខ្លឹមសារសំណើមិនមែនជា JSON ទេ។', reviewed: false },
  NOT_UTF8: { en: 'The request holds characters that cannot be read. Send it as UTF-8.', km: 'សំណើមានតួអក្សរដែលមិនអាចអានបាន។ សូមផ្ញើជា UTF-8។', reviewed: false },
  CONTENT_TYPE: { en: 'Send the request as application/json.', km: 'សូមផ្ញើសំណើជា application/json។', reviewed: false },
  METHOD: { en: 'This address does not take this method.', km: 'អាសយដ្ឋាននេះមិនទទួលវិធីនេះទេ។', reviewed: false },
  BATCH: { en: 'One operation a request: a list of them is not taken.', km: 'សំណើមួយសម្រាប់ប្រតិបត្តិការមួយ៖ មិនទទួលជាបញ្ជីទេ។', reviewed: false },
  SHAPE: { en: 'A request is an object with "query", and may have "operationName", "variables" and "extensions".', km: 'សំណើត្រូវមាន "query" ហើយអាចមាន "operationName" "variables" និង "extensions"។', reviewed: false },
  GET: { en: 'By GET only a query without variables can be asked. Use POST.', km: 'តាម GET អាចសួរបានតែ query ដែលគ្មាន variables។ សូមប្រើ POST។', reviewed: false },
  ACCEPT: { en: 'The answer is JSON, and the request does not accept it.', km: 'ចម្លើយជា JSON តែសំណើមិនទទួលវាទេ។', reviewed: false },
  URL: { en: 'This address cannot be read.', km: 'មិនអាចអានអាសយដ្ឋាននេះបានទេ។', reviewed: false },
  NO_PAGE: { en: 'There is nothing at this address. The register is at /graphql.', km: 'គ្មានអ្វីនៅអាសយដ្ឋាននេះទេ។ បញ្ជីឈ្មោះនៅ /graphql។', reviewed: false },
});

defineMessages('validation', {
  kind: { en: 'This is not of the kind that is asked for.', km: 'មិនមែនជាប្រភេទដែលត្រូវការទេ។', reviewed: false },
});
