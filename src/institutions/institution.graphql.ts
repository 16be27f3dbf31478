import { ArgsType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsDefined, IsEnum, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { PageArgs, connectionOf } from '../platform/graphql/connection.js';
import { IsText, KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { AREA_CODE } from '../territory/area.graphql.js';
import { institutions } from './institutions.refusals.js';
import type { InstitutionRow } from './institutions.queries.js';

export enum InstitutionKind {
  temporary_centre = 'temporary_centre',
  protection_centre = 'protection_centre',
  pagoda = 'pagoda',
  boarding = 'boarding',
  group_home = 'group_home',
}
registerEnumType(InstitutionKind, { name: 'InstitutionKind', description: 'Kinds of residential places. A day-care centre is none of them.' });

export enum InstitutionState {
  open = 'open',
  ordered = 'ordered',
  emptied = 'emptied',
  closed = 'closed',
}
registerEnumType(InstitutionState, { name: 'InstitutionState', description: 'An institution is open until its closure is ordered, then emptied, then closed.' });

@ObjectType({ description: 'A residential institution: a place where children live without a family.' })
export class Institution {
  @Field(() => IdScalar, { description: 'The institution.' })
  id: string;

  @Field(() => InstitutionKind, { description: 'What kind of place it is.' })
  kind: InstitutionKind;

  @Field(() => String, { description: 'Name in Khmer.' })
  nameKm: string;

  @Field(() => String, { description: 'Name in Latin letters.' })
  nameLatin: string;

  @Field(() => Int, { description: 'How many children it may house.' })
  capacity: number;

  @Field(() => InstitutionState, { description: 'Open, or how far its closure has come.' })
  state: InstitutionState;

  @Field(() => DayScalar, { description: 'The day on which it was registered.' })
  registeredOn: CivilDate;

  @Field(() => Int, { description: 'Give it with an edit: it shows whether somebody else edited meanwhile.' })
  version: number;

  areaCode: string;
  officeId: string;
}

export const InstitutionResult = resultUnion(Institution, 'Institution', institutions);
export const InstitutionConnection = connectionOf(Institution, 'Institution');

@InputType({ description: 'Registers a residential institution.' })
export class RegisterInstitutionInput extends KeyedInput {
  @Field(() => InstitutionKind, { description: 'What kind of place it is.' })
  @IsEnum(InstitutionKind)
  kind: InstitutionKind;

  @Field(() => String, { description: 'Name in Khmer, at most 200 characters.' })
  @IsText(200)
  nameKm: string;

  @Field(() => String, { description: 'Name in Latin letters, at most 200 characters.' })
  @IsText(200)
  nameLatin: string;

  @Field(() => String, { description: 'Code of the commune or village where it stands.' })
  @Matches(AREA_CODE)
  areaCode: string;

  @Field(() => Int, { description: 'How many children it may house, 1 to 1,000.' })
  @IsInt()
  @Min(1)
  @Max(1000)
  capacity: number;

  @Field(() => DayScalar, { description: 'The day on which it was registered: not ahead, and not before the first of last month.' })
  @IsDefined()
  on: CivilDate;
}

@InputType({ description: 'Corrects what is written of an institution; what is left out stays.' })
export class EditInstitutionInput extends KeyedInput {
  @Field(() => IdScalar, { description: 'The institution.' })
  @IsDefined()
  institutionId: string;

  @Field(() => Int, { description: 'The version that was read before the edit.' })
  @IsInt()
  @Min(1)
  version: number;

  @Field(() => InstitutionKind, { nullable: true, description: 'What kind of place it is.' })
  @IsOptional()
  @IsEnum(InstitutionKind)
  kind?: InstitutionKind | null;

  @Field(() => String, { nullable: true, description: 'Name in Khmer, at most 200 characters.' })
  @IsOptional()
  @IsText(200)
  nameKm?: string | null;

  @Field(() => String, { nullable: true, description: 'Name in Latin letters, at most 200 characters.' })
  @IsOptional()
  @IsText(200)
  nameLatin?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many children it may house, 1 to 1,000.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  capacity?: number | null;
}

@ArgsType()
export class InstitutionsArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only institutions in this area.' })
  @IsOptional()
  @Matches(AREA_CODE)
  areaCode?: string | null;

  @Field(() => InstitutionKind, { nullable: true, description: 'Only institutions of this kind.' })
  @IsOptional()
  @IsEnum(InstitutionKind)
  kind?: InstitutionKind | null;
}

/** The institution as the door shows it. */
export function toInstitution(row: InstitutionRow): Institution {
  return {
    id: row.id,
    kind: InstitutionKind[row.kind],
    nameKm: row.name_km,
    nameLatin: row.name_latin,
    capacity: row.capacity,
    state: InstitutionState[row.state],
    registeredOn: row.registered_on,
    version: row.version,
    areaCode: row.area_code,
    officeId: row.office_id,
  };
}
