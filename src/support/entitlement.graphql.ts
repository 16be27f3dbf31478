import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { CivilDate } from '../kernel/civil-date.js';
import { DayScalar, IdScalar } from '../platform/graphql/scalars.js';
import type { StopReason } from './entitlement.domain.js';
import { SupportScheme } from './run.graphql.js';

export enum EntitlementStop {
  residential = 'residential',
  exit = 'exit',
  age = 'age',
  died = 'died',
}
registerEnumType(EntitlementStop, { name: 'EntitlementStop', description: 'Why an entitlement ends.' });

@ObjectType({ description: 'A child\'s right to support: it opens by itself on the first night in a family after residential care, and goes with her to every later one.' })
export class Entitlement {
  @Field(() => IdScalar, { description: 'The entitlement.' })
  id: string;

  @Field(() => SupportScheme, { description: 'The scheme.' })
  scheme: SupportScheme;

  @Field(() => DayScalar, { description: 'Its first night.' })
  opensOn: CivilDate;

  @Field(() => DayScalar, { description: 'The first night that is no longer its; ahead where only age will end it.' })
  endsOn: CivilDate;

  @Field(() => EntitlementStop, { description: 'Why it ends then.' })
  stop: StopReason;
}
