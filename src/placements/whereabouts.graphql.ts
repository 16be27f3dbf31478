import { Extensions, Field, ObjectType } from '@nestjs/graphql';
import type { CivilDate } from '../kernel/civil-date.js';
import { resultUnion } from '../platform/graphql/refused.js';
import { DayScalar, IdScalar, MomentScalar } from '../platform/graphql/scalars.js';
import { placements } from './placements.refusals.js';
import { TellingParty } from './whereabouts.enums.js';

@ObjectType({ description: 'That somebody was told of a disappearance or a death, or why she could not be.' })
export class Telling {
  @Field(() => IdScalar, { description: 'The telling.' })
  id: string;

  @Field(() => TellingParty, { description: 'Who had to hear of it.' })
  party: TellingParty;

  @Field(() => MomentScalar, { nullable: true, description: 'When; null where nobody was.' })
  at: Date | null;

  @Field(() => String, { nullable: true, description: 'Who was told, as a name or a post.' })
  whom: string | null;

  @Field(() => String, { nullable: true, description: 'Why nobody could be told.' })
  notToldReason: string | null;

  @Field(() => IdScalar, { description: 'Who wrote it down.' })
  recordedBy: string;
}

@ObjectType({ description: 'A stretch during which nobody knew where a child was.' })
export class Disappearance {
  @Field(() => IdScalar, { description: 'The disappearance.' })
  id: string;

  @Field(() => IdScalar, { description: 'The child.' })
  childId: string;

  @Field(() => DayScalar, { description: 'The first night.' })
  since: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'The first night for which her place is kept no more; null where nobody kept one.' })
  keptUntil: CivilDate | null;

  @Field(() => DayScalar, { nullable: true, description: 'Since when her place is free again.' })
  releasedOn: CivilDate | null;

  @Field(() => DayScalar, { nullable: true, description: 'The first night on which she was found; null: she is still missing.' })
  returnedOn: CivilDate | null;

  @Field(() => MomentScalar, { nullable: true, description: 'Until when somebody from outside the home talks with her alone.' })
  talkDueAt: Date | null;

  @Field(() => Boolean, { description: 'Was there a sign of trafficking?' })
  traffickingSign: boolean;
}

@ObjectType({ description: 'The talk after a return, alone and with somebody from outside the home.' })
export class ReturnTalk {
  @Field(() => DayScalar, { description: 'The day.' })
  on: CivilDate;

  @Field(() => String, { description: 'With whom.' })
  withWhom: string;

  @Field(() => Boolean, { description: 'Did she not want to talk?' })
  refused: boolean;

  @Field(() => String, { nullable: true, description: 'What she said, in her words.' })
  words: string | null;
}

@ObjectType({ description: 'The death of a child.' })
export class Death {
  @Field(() => IdScalar, { description: 'The death.' })
  id: string;

  @Field(() => IdScalar, { description: 'The child.' })
  childId: string;

  @Field(() => DayScalar, { description: 'The day.' })
  on: CivilDate;

  @Field(() => String, { nullable: true, description: 'Where, as far as it is known.' })
  place: string | null;

  @Field(() => String, { nullable: true, description: 'The cause, as far as it is known.' })
  cause: string | null;

  @Extensions({ maximum: 50 })
  @Field(() => [Telling], { description: 'Who was told, at most 50.' })
  told: Telling[];
}

@ObjectType({ description: 'A return home: reintegration.' })
export class ReturnHome {
  @Field(() => IdScalar, { description: 'The return.' })
  id: string;

  @Field(() => DayScalar, { description: 'The first night at home.' })
  on: CivilDate;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => IdScalar, { nullable: true, description: 'With which of her relatives.' })
  relativeId: string | null;

  @Field(() => String, { nullable: true, description: 'With whom, where it is not among her relatives.' })
  withWhom: string | null;

  @Field(() => String, { description: 'What support there is.' })
  support: string;
}

export const DisappearanceResult = resultUnion(Disappearance, 'Disappearance', placements);
export const TellingResult = resultUnion(Telling, 'Telling', placements);
export const DeathResult = resultUnion(Death, 'Death', placements);
