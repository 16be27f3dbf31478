import { Extensions, Field, ObjectType, createUnionType, registerEnumType } from '@nestjs/graphql';
import type { Refusal, Result } from '../../kernel/result.js';
import { notFound } from '../errors.js';
import { defineMessages, say } from '../messages/messages.js';
import type { Message } from '../messages/messages.js';
import type { RequestContext } from './context.js';

/** One fact that a refusal names, as text: what is missing, which day, which limit. */
@ObjectType({ description: 'One fact that a refusal names.' })
export class RefusalDetail {
  @Field(() => String, { description: 'What the fact is about, as a code.' })
  name: string;

  @Field(() => [String], { description: 'The value or values, as text.' })
  values: string[];
}

interface RefusedShape {
  readonly refusedBy: string;
  readonly code: string;
  readonly message: string;
  readonly details: RefusalDetail[];
}

/** A room's refusals: its codes with their texts, and the GraphQL type that carries them. */
export interface Refusals<C extends string> {
  readonly room: string;
  readonly codes: readonly C[];
  readonly type: new () => RefusedShape;
  /** The refusal as the caller reads it. */
  show(request: RequestContext, refusal: Refusal<C>): RefusedShape;
}

const rooms: { readonly room: string; readonly codes: readonly string[] }[] = [];

/** Every room's refusals, for the test that each is proven. */
export function allRefusals(): readonly { readonly room: string; readonly codes: readonly string[] }[] {
  return rooms;
}

/**
 * Defines what a room may refuse. `Recruitment` with `{ CAMPAIGN_CLOSED: { en, km, reviewed } }` becomes the enum
 * `RecruitmentRefusal`, the type `RecruitmentRefused` and the messages `recruitment.CAMPAIGN_CLOSED`.
 */
export function defineRefusals<const T extends Readonly<Record<string, Message>>>(room: string, texts: T): Refusals<Extract<keyof T, string>> {
  type Code = Extract<keyof T, string>;
  const section = room.toLowerCase();
  defineMessages(section, texts);
  const codes = Object.keys(texts) as Code[];
  const codeEnum = Object.fromEntries(codes.map((code) => [code, code]));
  registerEnumType(codeEnum, {
    name: `${room}Refusal`,
    description: `Why the room ${section} refuses an act.`,
    valuesMap: Object.fromEntries(codes.map((code) => [code, { description: texts[code]?.en ?? code }])),
  });

  @ObjectType(`${room}Refused`, { description: `An act of the room ${section} that was refused; nothing was changed.` })
  class Refused implements RefusedShape {
    refusedBy: string;

    @Field(() => codeEnum, { description: 'Why.' })
    code: string;

    @Field(() => String, { description: 'Why, and what to do next, in the language of the request.' })
    message: string;

    @Extensions({ maximum: 20 })
    @Field(() => [RefusalDetail], { description: 'The facts behind it that the caller may see.' })
    details: RefusalDetail[];
  }

  rooms.push({ room, codes });
  return Object.freeze({
    room,
    codes,
    type: Refused,
    show: (request: RequestContext, refusal: Refusal<Code>): RefusedShape => {
      request.note(`refused:${refusal.code}`);
      return {
        refusedBy: `${room}Refused`,
        code: refusal.code,
        message: say(request.language, `${section}.${refusal.code}`, refusal.details),
        details: Object.entries(refusal.details).map(([name, value]) => ({ name, values: (Array.isArray(value) ? value : [value]).map(String) })),
      };
    },
  });
}

/** The union of what a mutation makes and what its room may refuse: `resultUnion(Campaign, 'Campaign', recruitment)` is `CampaignResult`. */
export function resultUnion<T extends object, C extends string>(type: new () => T, name: string, refusals: Refusals<C>) {
  return createUnionType({
    name: `${name}Result`,
    description: `A ${name}, or why not.`,
    types: () => [type, refusals.type] as const,
    resolveType: (value: object) => ('refusedBy' in value ? refusals.type : type),
  });
}

/** A mutation's answer: the refusal as the caller reads it, or what was made, read again with today's rights after the commit. */
export async function answer<T extends object, C extends string>(
  request: RequestContext,
  refusals: Refusals<C>,
  work: Promise<Result<string, C>>,
  read: (id: string) => Promise<T | undefined>,
): Promise<T | RefusedShape> {
  const result = await work;
  if (!result.ok) return refusals.show(request, result);
  const made = await read(result.value);
  if (made === undefined) throw notFound();
  return made;
}
