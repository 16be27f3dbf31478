import { Field, InputType } from '@nestjs/graphql';
import { IsString, MaxLength, Validate, ValidatorConstraint, registerDecorator } from 'class-validator';
import type { ValidatorConstraintInterface } from 'class-validator';
import { addDays, addMonths, compareDates, firstOfMonth, minDate } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import { normalisePhone } from '../../kernel/phone.js';
import type { Op } from '../database/op.js';
import { badInput } from '../errors.js';

/** How many days after the fact an act may still be recorded as a late entry; later it is a correction. */
export const LATE_DAYS = 31;

@ValidatorConstraint({ name: 'requestKey' })
class RequestKeyRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return isRequestKey(value);
  }
}

/** Is this a key under which a request may be sent again? */
export function isRequestKey(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{8,100}$/.test(value);
}

@ValidatorConstraint({ name: 'isNotEmpty' })
class NotBlankRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value !== 'string' || value.trim() !== '';
  }
}

@ValidatorConstraint({ name: 'readable' })
class ReadableRule implements ValidatorConstraintInterface {
  // U+FFFD is what broken UTF-8 arrives as; control characters have no place in a name or a note.
  validate(value: unknown): boolean {
    return typeof value === 'string' && !/[\uFFFD\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/.test(value);
  }
}

@ValidatorConstraint({ name: 'phone' })
class PhoneRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && normalisePhone(value) !== undefined;
  }
}

/** Text of a person: not empty, readable, at most this many characters. */
export function IsText(most: number): PropertyDecorator {
  return (target, name) => {
    Validate(ReadableRule)(target, name);
    Validate(NotBlankRule)(target, name);
    MaxLength(most)(target, String(name));
    IsString()(target, String(name));
  };
}

/** A Cambodian telephone number as people write it, Khmer digits too. */
export function IsPhone(): PropertyDecorator {
  return (target, name) => registerDecorator({ name: 'phone', target: target.constructor, propertyName: String(name), validator: PhoneRule });
}

/** What every mutation brings: a key of its own, under which it may be sent again after a lost answer. */
@InputType({ isAbstract: true })
export class KeyedInput {
  @Field(() => String, { description: 'New for each act, the same when the same act is sent again: 8 to 100 letters, digits, "-" or "_".' })
  @Validate(RequestKeyRule)
  requestKey: string;
}

/**
 * An act happened on a day: never in the future; at most 31 days back, or back to the first of last month where that is
 * further, because last month's pay is still to be prepared. Anything else is BAD_USER_INPUT; older facts are corrections.
 */
export function happenedOn(op: Op, on: CivilDate, path = 'on'): CivilDate {
  if (compareDates(on, op.today) > 0) throw badInput(path, 'validation.future');
  const earliest = earliestLateEntry(op.today);
  if (compareDates(on, earliest) < 0) throw badInput(path, 'validation.tooLate', { earliest });
  return on;
}

/** The first day that may still be recorded as a late entry. */
export function earliestLateEntry(today: CivilDate): CivilDate {
  return minDate(addDays(today, -LATE_DAYS), addMonths(firstOfMonth(today), -1));
}
