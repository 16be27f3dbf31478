import { Extensions, Field, InputType, Int, ObjectType, createUnionType } from '@nestjs/graphql';
import { Matches } from 'class-validator';
import type { CivilDate } from '../kernel/civil-date.js';
import { KeyedInput } from '../platform/graphql/inputs.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import { statistics } from './statistics.refusals.js';

/** How a quarter is written. */
export const QUARTER = /^20\d{2}-Q[1-4]$/;

@ObjectType({ description: 'Children living in one kind of care.' })
export class CareCount {
  @Field(() => String, { description: 'residential, foster, kinship, family_house, home or other (hospital, independent, missing, whereabouts unknown).' })
  careKind: string;

  @Field(() => Int, { description: 'How many children.' })
  count: number;
}

@ObjectType({ description: 'Exact counts of one day, of the children whose records the caller may see.' })
export class CareCounts {
  @Field(() => DayScalar, { description: 'The day that is counted: who slept there that night.' })
  on: CivilDate;

  @Field(() => DayScalar, { description: 'As it was known at the end of this day.' })
  asKnownOn: CivilDate;

  @Field(() => [CareCount], { description: 'By care kind; a family house stands by itself.' })
  @Extensions({ maximum: 6 })
  counts: CareCount[];
}

export const CareCountsResult = createUnionType({
  name: 'CareCountsResult',
  description: 'Exact counts, or the rule that withholds them.',
  types: () => [CareCounts, statistics.type] as const,
  resolveType: (value: object) => ('refusedBy' in value ? statistics.type : CareCounts),
});

@ObjectType({ description: 'One published figure.' })
export class PublishedCell {
  @Field(() => String, { description: 'country, province, sex, age_band or left_residential_for.' })
  dimension: string;

  @Field(() => String, { description: 'The province\'s code, the sex, the age band in whole years, or all.' })
  category: string;

  @Field(() => String, { description: 'The care kind, or all.' })
  careKind: string;

  @Field(() => Int, { nullable: true, description: 'The rounded figure; null where the count is below the least that is shown.' })
  shown: number | null;
}

@ObjectType({ description: 'A published quarter. Every figure is rounded by itself, so that rows need not add up and no child can be found by subtraction.' })
export class PublishedQuarter {
  @Field(() => IdScalar, { description: 'The release.' })
  id: string;

  @Field(() => String, { description: 'The quarter, `2026-Q3`.' })
  quarter: string;

  @Field(() => DayScalar, { description: 'The day that is counted: the last of the quarter.' })
  referenceDay: CivilDate;

  @Field(() => DayScalar, { description: 'As it was known on this day.' })
  asKnownOn: CivilDate;

  @Field(() => Int, { description: 'Figures are rounded to the nearest multiple of this.' })
  roundedTo: number;

  @Field(() => Int, { description: 'Counts below this are not shown.' })
  leastShown: number;

  @Field(() => [PublishedCell], { description: 'The figures.' })
  @Extensions({ maximum: 1000 })
  cells: PublishedCell[];
}

export const PublishedQuarterResult = resultUnion(PublishedQuarter, 'PublishedQuarter', statistics);

@InputType({ description: 'Publishes a quarter that is over.' })
export class PublishQuarterInput extends KeyedInput {
  @Field(() => String, { description: 'The quarter, `2026-Q3`.' })
  @Matches(QUARTER)
  quarter: string;
}
