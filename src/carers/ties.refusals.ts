/** The text of every room whose acts are kept from the household, its relatives and its direct colleagues. */
export const conflictOfInterest = {
  en: 'Who lives in this household, is related to it or works at one office or institution with one of its adults neither decides on it, nor studies, checks, supervises or visits it. That is the case here ({how}). Ask a colleague of another office.',
  km: 'អ្នកដែលរស់នៅក្នុងគ្រួសារនេះ ជាសាច់ញាតិ ឬធ្វើការនៅការិយាល័យ ឬមណ្ឌលតែមួយជាមួយមនុស្សពេញវ័យក្នុងគ្រួសារ មិនអាចសម្រេច សិក្សា ពិនិត្យ ត្រួតពិនិត្យ ឬចុះសួរសុខទុក្ខគ្រួសារនេះបានទេ។ ករណីនេះគឺដូច្នេះ ({how})។ សូមសុំសហការីពីការិយាល័យផ្សេង។',
  reviewed: false,
} as const;
