import { registerEnumType } from '@nestjs/graphql';
import { defineMessages } from '../messages/messages.js';

/** Sex as recorded. */
export enum Sex {
  female = 'female',
  male = 'male',
}
registerEnumType(Sex, { name: 'Sex', description: 'Sex as recorded.' });

/** How exactly a birth date or another day is known. */
export enum Precision {
  day = 'day',
  month = 'month',
  year = 'year',
  estimated = 'estimated',
}
registerEnumType(Precision, { name: 'Precision', description: 'How exactly a birth date is known.' });

defineMessages('enum.Sex', {
  female: { en: 'female', km: 'ស្រី', reviewed: false },
  male: { en: 'male', km: 'ប្រុស', reviewed: false },
});
defineMessages('enum.Precision', {
  day: { en: 'exact day', km: 'ថ្ងៃច្បាស់', reviewed: false },
  month: { en: 'month known', km: 'ដឹងខែ', reviewed: false },
  year: { en: 'year known', km: 'ដឹងឆ្នាំ', reviewed: false },
  estimated: { en: 'estimated', km: 'ប៉ាន់ស្មាន', reviewed: false },
});
