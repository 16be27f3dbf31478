import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsDefined, IsUUID } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { KeyedInput } from '../platform/graphql/inputs.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { Enquiry } from './enquiry.graphql.js';

export enum DuplicateSign {
  phone = 'phone',
  name = 'name',
  village = 'village',
}
registerEnumType(DuplicateSign, { name: 'DuplicateSign', description: 'In what two enquiries agree.' });

@ObjectType({ description: 'Another enquiry that may be of the same household. Nothing is done about it by itself.' })
export class PossibleDuplicate {
  @Field(() => Enquiry, { description: 'The other enquiry.' })
  enquiry: Enquiry;

  @Field(() => [DuplicateSign], { description: 'In what the two agree.' })
  agrees: DuplicateSign[];
}

@ObjectType({ description: 'A family of the register that may be the household of an enquiry. Of one that the caller may not see it is told only that there is one, and whom to ask.' })
export class KnownHousehold {
  @Field(() => IdScalar, { nullable: true, description: 'The family; null where the caller may not see it.' })
  familyId: string | null;

  @Field(() => IdScalar, { description: 'The office that answers for it: whom to ask.' })
  officeId: string;

  @Field(() => [DuplicateSign], { description: 'In what the two agree; nothing where the caller may not see the family.' })
  agrees: DuplicateSign[];

  @Field(() => Boolean, { nullable: true, description: 'Has it an open application? Null where the caller may not see the family.' })
  openApplication: boolean | null;
}

@InputType({ description: 'Links an enquiry to an earlier one of the same household.' })
export class LinkDuplicateEnquiryInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The enquiry that is one too many.' })
  @IsUUID()
  enquiryId: string;

  @Field(() => IdScalar, { description: 'The enquiry under which the household is followed up.' })
  @IsUUID()
  originalId: string;

  @Field(() => DayScalar, { description: 'The day on which it was found: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;
}

@InputType({ description: 'Undoes a link: the two enquiries are of two households after all.' })
export class UnlinkDuplicateEnquiryInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The enquiry that was linked.' })
  @IsUUID()
  enquiryId: string;

  @Field(() => DayScalar, { description: 'The day on which it was found: not ahead; a late entry at most.' })
  @IsDefined()
  on: CivilDate;
}
